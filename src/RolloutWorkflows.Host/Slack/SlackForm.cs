using Microsoft.Extensions.Primitives;

namespace RolloutWorkflows.Host;

/// <summary>What Slack sent, as a form or over a socket: believed to be Slack's, not yet to make sense.</summary>
/// <param name="Fields">The fields by name.</param>
/// <param name="SentAt">When Slack sent it.</param>
internal sealed record SlackForm(IReadOnlyDictionary<string, StringValues> Fields, DateTimeOffset SentAt)
{
    /// <summary>A field that stands there once; null: not at all.</summary>
    /// <exception cref="ProblemException">400: it stands there several times.</exception>
    public string? Text(string name)
    {
        if (!Fields.TryGetValue(name, out var values) || values.Count == 0) return null;
        return values.Count == 1 ? values[0] : throw SlackProblems.Odd($"the field '{name}' stands there {values.Count} times");
    }
}
