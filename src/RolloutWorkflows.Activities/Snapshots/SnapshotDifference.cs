namespace RolloutWorkflows.Activities;

/// <summary>How one set of files differs from another. Pure.</summary>
/// <param name="Changed">Paths in both, with other contents.</param>
/// <param name="Missing">Paths that only the first has.</param>
/// <param name="Added">Paths that only the second has.</param>
internal sealed record SnapshotDifference(IReadOnlyList<string> Changed, IReadOnlyList<string> Missing, IReadOnlyList<string> Added)
{
    private const int Shown = 5;

    public bool IsNone => Changed.Count + Missing.Count + Added.Count == 0;

    public static SnapshotDifference Between(IReadOnlyList<SnapshotFile> first, IReadOnlyList<SnapshotFile> second)
    {
        var others = second.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var paths = first.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return new SnapshotDifference(
            [.. first.Where(file => others.TryGetValue(file.Path, out var other) && other.Sha256 != file.Sha256).Select(file => file.Path).Order(StringComparer.Ordinal)],
            [.. first.Select(file => file.Path).Where(path => !others.ContainsKey(path)).Order(StringComparer.Ordinal)],
            [.. second.Select(file => file.Path).Where(path => !paths.Contains(path)).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The first paths of each kind, such as "changed: balances.json; missing: nonces.json".</summary>
    public override string ToString() => string.Join("; ", new[] { Part("changed", Changed), Part("missing", Missing), Part("additional", Added) }.OfType<string>());

    private static string? Part(string word, IReadOnlyList<string> paths) => paths.Count == 0 ? null
        : $"{word}: {string.Join(", ", paths.Take(Shown))}{(paths.Count > Shown ? $" and {paths.Count - Shown} more" : "")}";
}
