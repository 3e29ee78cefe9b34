using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Who answers for a run: a person, or a group of which each member may answer. Pure.</summary>
/// <param name="Name">As the playbook or a handover names it.</param>
/// <param name="Persons">The persons of the pinned people behind it; empty where nobody is left.</param>
/// <param name="Approvers">The same as an approval names it.</param>
internal sealed record Owner(string Name, IReadOnlyList<string> Persons, IReadOnlyList<Approver> Approvers)
{
    /// <summary>What the owner is asked at each promotion. It waits as long as it takes; the starter may be the owner.</summary>
    public static readonly Approval Confirmation = new() { Name = "owner", PreventSelfApproval = false };

    /// <summary>The owner of that name; null where none is named.</summary>
    public static Owner? Of(string? name, People people)
    {
        if (name is null) return null;
        if (people.Groups.TryGetValue(name, out var members)) return new Owner(name, members, [new Approver { Group = name }]);
        return new Owner(name, people.Persons.ContainsKey(name) ? [name] : [], [new Approver { Person = name }]);
    }

    /// <summary>The owner by handover: a person, also where a group has the same name.</summary>
    public static Owner Person(string name) => new(name, [name], [new Approver { Person = name }]);
}
