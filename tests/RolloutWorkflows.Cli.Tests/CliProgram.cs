using System.Diagnostics;

namespace RolloutWorkflows.Cli.Tests;

/// <summary>The real program as a process, with nothing of a terminal: its standard streams are pipes.</summary>
internal static class CliProgram
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    public static string Assembly => typeof(RolloutProgram).Assembly.Location;

    public static Task<CliResult> RunAsync(params string[] arguments) => RunAsync(new CliCall { Arguments = arguments });

    public static async Task<CliResult> RunAsync(CliCall call)
    {
        using var process = Start(call);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(call.Input);
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"rollout {string.Join(' ', call.Arguments)}: expected to end within {Deadline}; it said:\n{await output}\n{await error}");
        }

        return new CliResult(process.ExitCode, await output, await error);
    }

    public static Process Start(CliCall call)
    {
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = call.Folder ?? Path.GetTempPath(),
        };
        start.ArgumentList.Add(Assembly);
        foreach (var argument in call.Arguments) start.ArgumentList.Add(argument);
        // The keys of whoever runs the tests are not theirs.
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(Path.GetTempPath(), "rollout-cli-nobody");
        start.Environment.Remove("ROLLOUT_KEY");
        foreach (var (name, value) in call.Environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
