using System.Globalization;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Playbooks;

/// <summary>Rules about people's identities: their form, and that each belongs to one person alone. Pure.</summary>
public static partial class PersonIdentities
{
    /// <summary>True for Slack's <c>TEAM/USER</c>, such as <c>T0TEAM/U0USER</c>; a team may be an Enterprise Grid organisation.</summary>
    public static bool IsSlack(string id) => SlackUser().IsMatch(id);

    /// <summary>The identities that more than one person has; empty where one person stands behind each.</summary>
    public static IReadOnlyList<SharedIdentity> Shared(IReadOnlyDictionary<string, Person> persons) =>
    [
        .. persons.SelectMany(person => Of(person.Key, person.Value))
            .GroupBy(each => (each.Channel, each.Id))
            .Where(group => group.Count() > 1)
            .Select(group => new SharedIdentity(group.Key.Channel, group.Key.Id, [.. group.Select(each => each.Person)])),
    ];

    private static IEnumerable<(string Person, string Channel, string Id)> Of(string name, Person person)
    {
        if (person.GitHub is { } id) yield return (name, "github", id.ToString(CultureInfo.InvariantCulture));
        if (person.Slack is { } slack) yield return (name, "slack", slack);
    }

    [GeneratedRegex(@"^[TE][A-Z0-9]{2,}/[UW][A-Z0-9]{2,}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SlackUser();
}
