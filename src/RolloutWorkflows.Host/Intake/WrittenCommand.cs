using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>A command as a person writes it: <c>approve reason</c>, in a comment after a slash. Pure.</summary>
/// <param name="Word">The command's word in lower case; <c>status</c> is one beside the run's verbs.</param>
/// <param name="Verb">What the run is told; null for <c>status</c> and for words that are none.</param>
/// <param name="Rest">What follows the word, trimmed; empty: nothing.</param>
internal sealed record WrittenCommand(string Word, RunVerb? Verb, string Rest)
{
    public const string Status = "status";

    private static readonly Dictionary<string, RunVerb> Verbs = Enum.GetValues<RunVerb>().ToDictionary(verb => verb.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>The words that people may write.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Verbs.Keys.Append(Status)];

    public bool IsKnown => Verb is not null || Word == Status;

    /// <summary>Reads a text that begins with a word; null where it is empty.</summary>
    public static WrittenCommand? Read(string text)
    {
        var trimmed = text.Trim();
        var end = trimmed.AsSpan().IndexOfAny(" \t\r\n");
        var word = (end < 0 ? trimmed : trimmed[..end]).ToLowerInvariant();
        return word.Length == 0 ? null : new WrittenCommand(word, Verbs.TryGetValue(word, out var verb) ? verb : null, end < 0 ? "" : trimmed[end..].Trim());
    }

    /// <summary>The command of a comment: its first line that begins with a slash and a known word; null: a comment like any other, quoted lines and code blocks included.</summary>
    public static WrittenCommand? InComment(string body)
    {
        var fenced = false;
        foreach (var line in body.Split('\n'))
        {
            var text = line.TrimEnd();
            if (text.TrimStart().StartsWith("```", StringComparison.Ordinal)) fenced = !fenced;
            else if (!fenced && text.StartsWith('/') && Read(text[1..]) is { IsKnown: true } command) return command;
        }

        return null;
    }
}
