using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace RolloutWorkflows.CommandRunner;

/// <summary>
/// Runs one command apart from the server that asked for it, so that the command and what it came to outlive the server:
/// <c>FOLDER SECONDS CHARACTERS MASKED FILE [ARGUMENT …]</c>. Environment and working folder are handed on as they are;
/// MASKED are the names of the variables whose values must not be seen, with commas, or <c>-</c>.
/// </summary>
internal static partial class Program
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [var place, var seconds, var characters, var masked, var file, .. var rest]) return 2;
        // A Ctrl+C meant for the server must not reach the command.
        if (!OperatingSystem.IsWindows()) _ = NewSession();
        var folder = new CommandFolder(place);
        folder.Write(CommandSupervisor.Own());
        var secrets = masked == "-" ? [] : masked.Split(',').Select(Environment.GetEnvironmentVariable).OfType<string>().ToList();
        var tail = new OutputTail(int.Parse(characters, CultureInfo.InvariantCulture), secrets);
        var start = new ProcessStartInfo(file);
        foreach (var argument in rest) start.ArgumentList.Add(argument);
        var running = CommandProcess.RunAsync(start, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)), tail, TimeProvider.System);
        var shown = "";
        while (await Task.WhenAny(running, Task.Delay(Interval, TimeProvider.System)) != running)
        {
            if (tail.Text() is var text && text != shown) folder.WriteOutput(shown = text);
        }

        var result = await running;
        folder.WriteOutput(result.Output);
        folder.Write(result);
        return 0;
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int NewSession();
}
