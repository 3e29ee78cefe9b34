using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RolloutWorkflows.CommandRunner;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Commands that run apart from this server, each watched over by a process of its own which keeps the time limit and writes
/// down what the command came to. A server that starts again finds both by the command's folder. Thread-safe.
/// </summary>
internal sealed class SupervisedCommands(CommandOptions options, TimeProvider time)
{

    /// <summary>Starts a command.</summary>
    /// <param name="key">Tells it from every other.</param>
    /// <param name="command">What is run.</param>
    /// <param name="patience">How long to wait for it.</param>
    /// <param name="cancellation">Stops waiting, not the command.</param>
    /// <returns>How it stands when the wait ends.</returns>
    /// <exception cref="CommandException">Nothing could be started.</exception>
    public async Task<CommandStanding> StartAsync(string key, PreparedCommand command, TimeSpan patience, CancellationToken cancellation)
    {
        var folder = FolderOf(key);
        Directory.CreateDirectory(folder.FullName);
        var start = command.ToStart(DotnetProgram());
        foreach (var argument in (string[])
        [
            Path.Combine(AppContext.BaseDirectory, "RolloutWorkflows.CommandRunner.dll"), folder.FullName,
            command.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture), command.OutputLimit.ToString(CultureInfo.InvariantCulture),
            command.SecretVariables.Count == 0 ? "-" : string.Join(',', command.SecretVariables), command.File, .. command.Arguments,
        ]) start.ArgumentList.Add(argument);
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            using var supervisor = Process.Start(start)!;
            supervisor.StandardInput.Close();
            return await WaitAsync(folder, supervisor, patience, cancellation);
        }
        catch (Win32Exception problem)
        {
            throw new CommandException($"command '{command.Name}' could not be started: {problem.Message}");
        }
    }

    /// <summary>How a command stands that was started, waiting for its end as long as is stated.</summary>
    public async Task<CommandStanding> LookAsync(string key, TimeSpan patience, CancellationToken cancellation)
    {
        var folder = FolderOf(key);
        if (folder.ReadResult() is { } ended) return CommandStanding.Ended(ended);
        if (folder.ReadSupervisor() is not { } known) return CommandStanding.Unknown;
        using var supervisor = known.Find();
        return supervisor is null ? Left(folder) : await WaitAsync(folder, supervisor, patience, cancellation);
    }

    /// <summary>Ends a command and everything that it has started, where it still runs.</summary>
    public void Stop(string key)
    {
        var folder = FolderOf(key);
        if (folder.ReadResult() is not null || folder.ReadSupervisor() is not { } known) return;
        using var supervisor = known.Find();
        if (supervisor is null) return;
        CommandProcess.End(supervisor);
        if (folder.ReadResult() is null) folder.Write(new CommandResult { End = CommandEnd.Stopped, Output = folder.ReadOutput() });
    }

    private async Task<CommandStanding> WaitAsync(CommandFolder folder, Process supervisor, TimeSpan patience, CancellationToken cancellation)
    {
        using var over = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellation);
        try
        {
            await supervisor.WaitForExitAsync(either.Token);
            return Left(folder);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return CommandStanding.Running;
        }
    }

    /// <summary>How it stands where nobody watches over it any more.</summary>
    private static CommandStanding Left(CommandFolder folder) => folder.ReadResult() is { } ended ? CommandStanding.Ended(ended) : CommandStanding.Unknown;

    private CommandFolder FolderOf(string key) =>
        new(Path.Combine(options.Folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16))));

    /// <summary>The program that runs .NET assemblies: beside the framework that runs this one.</summary>
    private static string DotnetProgram()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var program = Path.GetFullPath(Path.Combine(framework, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(program) ? program : throw new CommandException($"commands cannot be run: there is no {program}");
    }
}
