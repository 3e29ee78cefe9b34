using System.CommandLine;

namespace RolloutWorkflows.Cli;

/// <summary><c>--input NAME=VALUE</c>, as often as needed.</summary>
internal static class InputOption
{
    public static readonly Option<string[]> Instance = new("--input")
    {
        Description = "An input of the playbook; repeat it for more. Lists are written with commas, or as JSON.",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The inputs as texts; the playbook's types decide what they are.</summary>
    /// <exception cref="CommandFailedException">An entry has no name.</exception>
    public static Dictionary<string, string> Read(ParseResult parsed)
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in parsed.GetValue(Instance) ?? [])
        {
            var cut = entry.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0) throw new CommandFailedException(ExitCode.Usage, $"--input: expected NAME=VALUE, got '{entry}'.");
            inputs[entry[..cut]] = entry[(cut + 1)..];
        }

        return inputs;
    }
}
