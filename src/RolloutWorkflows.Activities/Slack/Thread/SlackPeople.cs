using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>The run's people as Slack shows them. Whoever has an identity in this workspace can be notified; everybody else is a name. Pure.</summary>
internal sealed class SlackPeople(People people, string? team)
{
    private const int MostMentions = 20;

    /// <summary>The person as a mention, or as an escaped name.</summary>
    public string Mention(string person) =>
        people.Persons.TryGetValue(person, out var known) && known.Slack?.Split('/') is [var theirs, var user] && theirs == team && SlackText.Mention(user) is { } mention
            ? mention
            : SlackText.Escape(person);

    /// <summary>Several persons as mentions.</summary>
    public string Mentions(IReadOnlyCollection<string> persons)
    {
        var shown = string.Join(", ", persons.Take(MostMentions).Select(Mention));
        return persons.Count > MostMentions ? FormattableString.Invariant($"{shown} and {persons.Count - MostMentions} more") : shown;
    }

    /// <summary>The persons behind a name of a person or group.</summary>
    public IReadOnlyList<string> PersonsOf(string? name) => name is null ? [] : people.Groups.TryGetValue(name, out var members) ? members : [name];
}
