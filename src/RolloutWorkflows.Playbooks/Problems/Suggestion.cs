namespace RolloutWorkflows.Playbooks.Problems;

/// <summary>Finds what was probably meant by a word that is not known.</summary>
public static class Suggestion
{
    /// <summary><c>; did you mean 'x'?</c> for the nearest known word, or nothing where none is near.</summary>
    public static string For(string given, IEnumerable<string> known) =>
        Nearest(given, known) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>The nearest known word, or null where none is within a third of the word in edits.</summary>
    public static string? Nearest(string given, IEnumerable<string> known)
    {
        // Of one letter everything is a misspelling; texts this long are no words, and the distance is quadratic.
        if (given.Length is < 2 or > 64) return null;
        var allowed = Math.Max(1, given.Length / 3);
        return known
            .Select(word => (Word: word, Distance: Distance(given.ToLowerInvariant(), word.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= allowed)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();
    }

    /// <summary>Edits between two words, where swapping two neighbours counts as one.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
