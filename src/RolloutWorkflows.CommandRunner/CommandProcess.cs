using System.ComponentModel;
using System.Diagnostics;

namespace RolloutWorkflows.CommandRunner;

/// <summary>Runs one program without a shell, with nothing on its standard input, until it ends or its time is over.</summary>
public static class CommandProcess
{
    /// <summary>How long what a command left behind may hold on to its output.</summary>
    private static readonly TimeSpan Leftovers = TimeSpan.FromSeconds(2);

    /// <summary>Runs the program. Never throws for what the program does.</summary>
    /// <param name="start">File, arguments, environment and folder; the streams are set here.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="tail">Takes what it writes.</param>
    /// <param name="time">The clock of the limit.</param>
    /// <param name="stop">Ends the program and everything that it has started.</param>
    public static async Task<CommandResult> RunAsync(ProcessStartInfo start, TimeSpan limit, OutputTail tail, TimeProvider time, CancellationToken stop = default)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            process.StandardInput.Close();
        }
        catch (Exception problem) when (problem is Win32Exception or IOException or InvalidOperationException)
        {
            return new CommandResult { End = CommandEnd.NotStarted, Problem = problem.Message };
        }

        var read = Task.WhenAll(ReadAsync(process.StandardOutput, tail), ReadAsync(process.StandardError, tail));
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            await process.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            End(process);
            await FinishAsync(read, time);
            return new CommandResult { End = stop.IsCancellationRequested ? CommandEnd.Stopped : CommandEnd.TimedOut, Output = tail.Text() };
        }

        await FinishAsync(read, time);
        return new CommandResult { End = CommandEnd.Exited, ExitCode = process.ExitCode, Output = tail.Text() };
    }

    /// <summary>Ends a program and everything that it has started.</summary>
    public static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in the same moment.
        }
    }

    private static async Task ReadAsync(StreamReader stream, OutputTail tail)
    {
        var buffer = new char[4096];
        try
        {
            while (await stream.ReadAsync(buffer) is var count and > 0) tail.Append(buffer.AsSpan(0, count));
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // What it left behind still wrote when its time was over.
        }
    }

    private static async Task FinishAsync(Task read, TimeProvider time)
    {
        try
        {
            await read.WaitAsync(Leftovers, time);
        }
        catch (TimeoutException)
        {
            // What has been read by now is what counts.
        }
    }
}
