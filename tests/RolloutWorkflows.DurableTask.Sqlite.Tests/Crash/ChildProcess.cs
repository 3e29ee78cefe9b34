using System.Diagnostics;
using System.Globalization;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Crash;

/// <summary>A program of this test project in a process of its own, which the test reads line by line and may kill.</summary>
internal sealed class ChildProcess : IDisposable
{
    internal const string Marker = "--as-child-process";

    private readonly Process process;

    private ChildProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public static ChildProcess Start(string program, params string[] arguments)
    {
        // The host that runs the tests, be it the project's own executable or dotnet with its assembly.
        var host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(host) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet") start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (var argument in new[] { Marker, program }.Concat(arguments)) start.ArgumentList.Add(argument);
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>The next line that the program writes; null when it has ended.</summary>
    public Task<string?> ReadLineAsync(CancellationToken cancellation) => process.StandardOutput.ReadLineAsync(cancellation).AsTask();

    /// <summary>Ends it without a chance to tidy up, as SIGKILL does, and reads what it had still written.</summary>
    public async Task<IReadOnlyList<string>> KillAsync(CancellationToken cancellation)
    {
        process.Kill();
        var rest = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        var lines = rest.Split('\n');
        // The last line may be cut off.
        return lines[..^1];
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    internal static async Task<int> RunAsync(string program, string[] arguments)
    {
        EndWithParent();
        switch (program)
        {
            case HoldingProgram.Name: await HoldingProgram.RunAsync(arguments[0]); break;
            case TurningProgram.Name: await TurningProgram.RunAsync(arguments[0]); break;
            case OrchestrationProgram.Name: await OrchestrationProgram.RunAsync(arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture)); break;
            default: return 2;
        }

        return 0;
    }

    /// <summary>The parent holds standard input open for as long as it lives.</summary>
    private static void EndWithParent() => new Thread(() =>
    {
        while (Console.In.Read() >= 0)
        {
        }

        Environment.Exit(0);
    })
    { IsBackground = true }.Start();
}
