using System.Collections.Frozen;

namespace RolloutWorkflows.Activities;

/// <summary>How bad an incident is, and the labels that say so.</summary>
internal static class IncidentSeverity
{
    /// <summary>The label of every incident.</summary>
    public const string IncidentLabel = "incident";

    private const string Prefix = "severity:";

    /// <summary>From the least to the worst.</summary>
    public static readonly IReadOnlyList<string> All = ["low", "medium", "high", "critical"];

    private static readonly FrozenDictionary<string, string> Colors = new Dictionary<string, string>
    {
        [IncidentLabel] = "d73a4a",
        [Prefix + "low"] = "0e8a16",
        [Prefix + "medium"] = "fbca04",
        [Prefix + "high"] = "d93f0b",
        [Prefix + "critical"] = "b60205",
    }.ToFrozenDictionary();

    public static string LabelOf(string severity) => Prefix + severity;

    /// <summary>The worst severity among an issue's labels; null: none is stated.</summary>
    public static string? Of(IReadOnlyList<string> labels) =>
        All.LastOrDefault(severity => labels.Contains(LabelOf(severity), StringComparer.OrdinalIgnoreCase));

    /// <summary>True where the one is as bad as the other, or worse. One that is not stated counts as the worst: nobody has looked yet.</summary>
    public static bool IsAtLeast(string? severity, string least) => severity is null || Rank(severity) >= Rank(least);

    /// <summary>The label as it is made where it is missing.</summary>
    public static GitHubLabel ToLabel(string name) => new(name, Colors.GetValueOrDefault(name, "ededed"), null);

    private static int Rank(string severity) => All.ToList().IndexOf(severity);
}
