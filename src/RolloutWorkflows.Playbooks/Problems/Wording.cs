namespace RolloutWorkflows.Playbooks.Problems;

/// <summary>How error texts list things.</summary>
internal static class Wording
{
    /// <summary><c>a, b or c</c>; long lists are cut.</summary>
    public static string AnyOf(IReadOnlyCollection<string> words, int most = 40)
    {
        if (words.Count == 0) return "none";
        if (words.Count > most) return string.Join(", ", words.Take(most)) + " and others";
        return words.Count == 1 ? words.First() : $"{string.Join(", ", words.Take(words.Count - 1))} or {words.Last()}";
    }

    /// <summary>The names that are known, or that there are none.</summary>
    public static string Known(IEnumerable<string> names)
    {
        var sorted = names.Order(StringComparer.Ordinal).ToList();
        return sorted.Count == 0 ? "there are none" : $"known: {string.Join(", ", sorted)}";
    }
}
