using System.CommandLine;
using System.Text.RegularExpressions;
using RolloutWorkflows.Host;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Cli;

/// <summary>The command line from its arguments to its exit code.</summary>
internal static partial class RolloutProgram
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        if (args.Any(argument => argument.Contains("rwk_", StringComparison.Ordinal)))
        {
            // Neither repeated nor used: it is in the process list and in the shell's history by now.
            terminal.Complain("a key stands on the command line, where others can see it. Give it with `rollout login`, the environment's ROLLOUT_KEY or --key-file; take this one for known and revoke it: rollout keys revoke ID");
            return ExitCode.Usage;
        }

        var parsed = RolloutCommandLine.Create(terminal).Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
        {
            foreach (var error in parsed.Errors) terminal.Complain(Plain(error.Message) + DidYouMean(parsed, error.Message));
            terminal.Err.WriteLine($"Try: {CommandPath.Of(parsed.CommandResult)} --help");
            return ExitCode.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Err,
            EnableDefaultExceptionHandler = false,
            // Servers and demos need a moment to put everything away.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
        };
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (CommandFailedException failure)
        {
            terminal.Complain(failure.Message);
            return failure.ExitCode;
        }
        catch (HostConfigurationException error)
        {
            terminal.Complain(error.IsOption ? string.Join(System.Environment.NewLine, error.Problems) : error.Message);
            return error.IsOption ? ExitCode.Usage : ExitCode.Invalid;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>The framework names its types where people expect a word.</summary>
    private static string Plain(string message) => WrongType().Replace(message, match =>
        $"{(match.Groups["option"].Success ? $"{match.Groups["name"].Value}: " : "")}expected {(match.Groups["type"].Value is "Boolean" ? "true or false" : "a number")}, got '{match.Groups["given"].Value}'.");

    [GeneratedRegex(@"^Cannot parse argument '(?<given>.*)' for ((?<option>option)|command) '(?<name>[^']*)' as expected type '(System\.Nullable`1\[)?System\.(?<type>Boolean|Byte|Int32|Int64|Double)[^']*'\..*$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex WrongType();

    /// <summary>Where a word was not understood: the command or option of this place that comes nearest.</summary>
    private static string DidYouMean(ParseResult parsed, string message)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.Select(child => child.Name).Concat(command.Options.Select(option => option.Name)).ToList();
        return parsed.UnmatchedTokens.FirstOrDefault(token => message.Contains($"'{token}'", StringComparison.Ordinal)) is { } token && Suggestion.Nearest(token, known) is { } near
            ? $" Did you mean '{near}'?"
            : "";
    }
}
