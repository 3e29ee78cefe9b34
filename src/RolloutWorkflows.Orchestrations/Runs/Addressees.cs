using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Who hears something, from the names that a playbook uses: audiences directly; persons, and the persons of groups, by name
/// through the channel <c>ops</c>, as long as a person has no way of being reached of its own. Pure.
/// </summary>
/// <param name="Names">As the record says it: <c>sre (cyn, dan), ops</c>.</param>
/// <param name="Audiences">The playbook's audiences that get it.</param>
/// <param name="Persons">The persons who are named in it.</param>
internal sealed record Addressees(string Names, IReadOnlyList<string> Audiences, IReadOnlyList<string> Persons)
{
    /// <summary>The audience that hears whatever needs people.</summary>
    public const string Operations = "ops";

    public static Addressees Of(IEnumerable<string> names, People people, Channels channels)
    {
        var known = names.Distinct(StringComparer.Ordinal).ToList();
        var persons = known.SelectMany(name => PersonsOf(name, people, channels)).Distinct(StringComparer.Ordinal).ToList();
        var audiences = known.Where(channels.Audiences.ContainsKey).ToList();
        if (persons.Count > 0 && !audiences.Contains(Operations) && channels.Audiences.ContainsKey(Operations)) audiences.Add(Operations);
        return new Addressees(string.Join(", ", known.Select(name => Shown(name, people, channels)).Union(audiences)), audiences, persons);
    }

    private static IEnumerable<string> PersonsOf(string name, People people, Channels channels) =>
        channels.Audiences.ContainsKey(name) ? []
        : people.Groups.TryGetValue(name, out var members) ? members
        : [name];

    private static string Shown(string name, People people, Channels channels) =>
        !channels.Audiences.ContainsKey(name) && people.Groups.TryGetValue(name, out var members) && members.Count > 0 ? $"{name} ({string.Join(", ", members)})" : name;
}
