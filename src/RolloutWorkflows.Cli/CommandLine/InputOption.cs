using System.CommandLine;
using System.Text.Json;
using RolloutWorkflows.Host;

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

    /// <summary>The inputs as JSON: numbers, booleans and JSON arrays as such, anything else as text. The playbook's types decide.</summary>
    /// <exception cref="CommandFailedException">An entry has no name or no value.</exception>
    public static Dictionary<string, JsonElement> Read(ParseResult parsed)
    {
        var inputs = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var entry in parsed.GetValue(Instance) ?? [])
        {
            var cut = entry.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0) throw new CommandFailedException(ExitCode.Usage, $"--input: expected NAME=VALUE, got '{entry}'.");
            inputs[entry[..cut]] = ToJson(entry[(cut + 1)..]);
        }

        return inputs;
    }

    private static JsonElement ToJson(string text)
    {
        if (text.StartsWith('[') || text.StartsWith('"'))
        {
            try
            {
                return JsonSerializer.Deserialize<JsonElement>(text);
            }
            catch (JsonException)
            {
                // Not JSON after all: it is taken as the text that it is.
            }
        }

        return JsonSerializer.SerializeToElement(text, ApiJson.Options);
    }
}
