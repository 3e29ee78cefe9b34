using System.Text.Json;
using System.Text.RegularExpressions;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Activities;

/// <summary>What of a configuration differs from its reference and may not. Pure.</summary>
internal sealed partial class ConfigDrift(ConfigDocument target, ConfigDocument reference, ConfigDriftStep step)
{
    private readonly Dictionary<string, JsonElement> _declared = step.Gates is { } gates
        ? gates.EnumerateObject().ToDictionary(gate => ConfigKey.Join(TableOf(step), gate.Name), gate => gate.Value, StringComparer.Ordinal)
        : [];

    /// <summary>The declared gates by their names.</summary>
    public IReadOnlyDictionary<string, JsonElement> Declared => _declared.ToDictionary(gate => ConfigKey.LastOf(gate.Key), gate => gate.Value, StringComparer.Ordinal);

    /// <summary>One sentence for each difference, naming key, expected and got; empty where there is none.</summary>
    public IReadOnlyList<string> Differences() =>
    [
        .. target.Entries.Where(entry => reference.Find(entry.Key) is null && !IsIgnored(entry.Key)).Select(Unknown),
        .. reference.Entries.Where(entry => !IsIgnored(entry.Key)).Select(Compare).OfType<string>(),
        .. _declared.Keys.Where(key => reference.Find(key) is null).Select(key => $"gate {key} is declared and {step.Reference} has none{Suggestion.For(key, reference.Entries.Select(entry => entry.Key))}"),
    ];

    private string Unknown(ConfigEntry entry) => $"{entry.Key} is unknown to {step.Reference}{Suggestion.For(entry.Key, reference.Entries.Select(known => known.Key))}";

    private string? Compare(ConfigEntry expected)
    {
        var got = target.Find(expected.Key);
        if (_declared.TryGetValue(expected.Key, out var declared))
        {
            if (Same(declared, expected.Value)) return $"gate {expected.Key} is declared to differ as {declared.GetRawText()}, and {step.Reference} has the same: leave it out of gates";
            return got is not null && Same(got.Value, declared) ? null : $"gate {expected.Key}: expected {declared.GetRawText()} as declared, got {Show(got)}";
        }

        if (got is not null && Same(got.Value, expected.Value)) return null;
        return IsGate(expected.Key) && got is not null
            ? $"gate {expected.Key} differs and no step declares it: expected {Show(expected)}, got {Show(got)}"
            : $"{expected.Key}: expected {Show(expected)}, got {Show(got)}";
    }

    private bool IsGate(string key) => TableOf(step) is { Length: > 0 } table && key.StartsWith($"{table}.", StringComparison.Ordinal);

    private bool IsIgnored(string key) => !_declared.ContainsKey(key) && step.Ignore.Any(ignored =>
        ignored.EndsWith(".*", StringComparison.Ordinal) ? key.StartsWith(ignored[..^1], StringComparison.Ordinal) || key.StartsWith($"{ignored[..^2]}[", StringComparison.Ordinal) : key == ignored);

    // The values of .env files are texts whatever they mean.
    private bool Same(JsonElement one, JsonElement other) =>
        target.Format == ConfigFormat.Environment || reference.Format == ConfigFormat.Environment
            ? string.Equals(TextOf(one), TextOf(other), StringComparison.Ordinal)
            : JsonElement.DeepEquals(one, other);

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string TableOf(ConfigDriftStep step) => step.Table.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate("", ConfigKey.Join);

    private static string Show(ConfigEntry? entry)
    {
        if (entry is null) return "nothing";
        if (SecretName().IsMatch(ConfigKey.LastOf(entry.Key))) return "a value that is not shown";
        var text = entry.Value.GetRawText();
        return text.Length <= 80 ? text : $"{text[..77]}…";
    }

    [GeneratedRegex("pass(word|wd|phrase)|secret|token|credential|mnemonic|seed_?phrase|(private|api|signing|access|auth|encryption)_?-?key|connection_?-?string|dsn$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();
}
