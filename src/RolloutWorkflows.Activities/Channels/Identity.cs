using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Who somebody is outside, by an id that a counterpart vouched for; never by a login or a display name, which can be taken over.</summary>
public sealed record Identity
{
    private Identity(string channel, string id, string? shown) => (Channel, Id, Shown) = (channel, id, shown);

    /// <summary><c>github</c> or <c>slack</c>.</summary>
    public string Channel { get; }

    /// <summary>GitHub's numeric user id, or Slack's <c>TEAM/USER</c>.</summary>
    public string Id { get; }

    /// <summary>The name by which people know the id, for texts only.</summary>
    public string? Shown { get; }

    public static Identity GitHub(long userId, string? login) => new("github", userId.ToString(System.Globalization.CultureInfo.InvariantCulture), login);

    public static Identity Slack(string team, string user, string? name) => new("slack", $"{team}/{user}", name);

    /// <summary>The one person with this identity; null: none.</summary>
    public string? PersonIn(People people)
    {
        var found = people.Persons.Where(person => IsOf(person.Value)).Select(person => person.Key).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    public override string ToString() => Shown is { Length: > 0 } shown ? $"{shown} ({Channel} {Id})" : $"{Channel} {Id}";

    private bool IsOf(Person person) => Channel == "github"
        ? person.GitHub is { } id && id.ToString(System.Globalization.CultureInfo.InvariantCulture) == Id
        : person.Slack == Id;
}
