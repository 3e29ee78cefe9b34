using System.ComponentModel;
using System.Diagnostics;

namespace RolloutWorkflows.CommandRunner;

/// <summary>The process that runs a command. Numbers of processes are used again, so its start tells it from a later one.</summary>
/// <param name="ProcessId">The process's number.</param>
/// <param name="StartedAt">When it started, UTC, as the operating system says.</param>
public sealed record CommandSupervisor(int ProcessId, DateTime StartedAt)
{
    /// <summary>Operating systems round, and count from a boot time that a clock's correction moves.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    public static CommandSupervisor Own()
    {
        using var self = Process.GetCurrentProcess();
        return new CommandSupervisor(self.Id, self.StartTime.ToUniversalTime());
    }

    /// <summary>The process where it still runs; null where it is gone.</summary>
    public Process? Find()
    {
        Process? process = null;
        try
        {
            process = Process.GetProcessById(ProcessId);
            if (!process.HasExited && (process.StartTime.ToUniversalTime() - StartedAt).Duration() < Tolerance) return process;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // The same as having ended.
        }

        process?.Dispose();
        return null;
    }
}
