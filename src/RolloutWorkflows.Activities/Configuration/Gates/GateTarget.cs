using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Some gates of some nodes, and where they stand: what <c>config/gates</c> changes. As text
/// <c>gates:FILE#TABLE[NODES](GATES)</c>, which journals keep. Immutable.
/// </summary>
internal sealed partial record GateTarget
{
    public const string Prefix = "gates:";

    public required string File { get; init; }

    public required string Table { get; init; }

    /// <summary>Empty: the files and tables name no node.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    public required IReadOnlyList<string> Gates { get; init; }

    /// <summary>Each gate of each node.</summary>
    public IReadOnlyList<GatePlace> Places =>
        [.. Nodes.DefaultIfEmpty("").SelectMany(node => Gates.Select(gate => new GatePlace(node.Length == 0 ? gate : $"{node}/{gate}", gate, FileOf(node), KeyOf(node, gate))))];

    /// <summary>The files, each once.</summary>
    public IReadOnlyList<string> Files => [.. Nodes.DefaultIfEmpty("").Select(FileOf).Distinct(StringComparer.Ordinal)];

    public static GateTarget Of(ConfigGatesStep step, IEnumerable<string> gates) => new()
    {
        File = GateFiles.InEnvironment(step.File, step.Environment),
        Table = GateFiles.InEnvironment(step.Table, step.Environment),
        Nodes = [.. step.Nodes.Distinct(StringComparer.Ordinal)],
        Gates = [.. gates.Order(StringComparer.Ordinal)],
    };

    public static GateTarget Parse(string target) => Written().Match(target) is { Success: true } match
        ? new GateTarget { File = match.Groups["file"].Value, Table = match.Groups["table"].Value, Nodes = ListOf(match.Groups["nodes"].Value), Gates = ListOf(match.Groups["gates"].Value) }
        : throw new PlaybookFileException($"'{target}' names no gates");

    /// <summary>Why the target cannot be used; null where it can.</summary>
    public string? Problem()
    {
        if (File.Contains("{environment}", StringComparison.Ordinal) || Table.Contains("{environment}", StringComparison.Ordinal)) return "{environment} stands in file or table, and with.environment does not say which.";
        var named = File.Contains(GateFiles.Node, StringComparison.Ordinal) || Table.Contains(GateFiles.Node, StringComparison.Ordinal);
        if (named && Nodes.Count == 0) return "{node} stands in file or table, and with.nodes names none.";
        if (!named && Nodes.Count > 0) return "with.nodes names nodes, and {node} stands neither in file nor in table: the step would change the gates of all.";
        if (Nodes.FirstOrDefault(node => !Name().IsMatch(node)) is { } node) return $"'{node}' is no name of a node: expected letters, digits, '.', '_' and '-'.";
        if (!Files.All(file => FilePath().IsMatch(file))) return $"'{File}' cannot be used: expected a path of letters, digits, '.', '_', '-' and '/'.";
        return Gates.FirstOrDefault(gate => !Name().IsMatch(gate)) is { } gate ? $"'{gate}' is no name of a gate: expected letters, digits, '.', '_' and '-'." : null;
    }

    public override string ToString() => $"{Prefix}{File}#{Table}[{string.Join(',', Nodes)}]({string.Join(',', Gates)})";

    private string FileOf(string node) => File.Replace(GateFiles.Node, node, StringComparison.Ordinal);

    private string KeyOf(string node, string gate) =>
        ConfigKey.Join(Table.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate("", (path, name) => ConfigKey.Join(path, name.Replace(GateFiles.Node, node, StringComparison.Ordinal))), gate);

    private static string[] ListOf(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\Agates:(?<file>[^#]*)#(?<table>[^\[]*)\[(?<nodes>[^\]]*)\]\((?<gates>[^)]*)\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9._/-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex FilePath();
}

/// <summary>One gate of one node.</summary>
/// <param name="Label">How people read it: the gate's name, after its node's.</param>
/// <param name="Gate">The gate's name.</param>
/// <param name="File">The file.</param>
/// <param name="Key">Where in the file.</param>
internal sealed record GatePlace(string Label, string Gate, string File, string Key);
