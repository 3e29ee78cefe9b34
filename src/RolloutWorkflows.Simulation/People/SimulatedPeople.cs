using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Simulation;

/// <summary>The people of a simulated run: those who are known, and stand-ins for whoever the playbook asks beside them. Pure.</summary>
internal static class SimulatedPeople
{
    /// <summary>Who starts simulated runs; a member of no group, so everybody who is asked may answer.</summary>
    public const string Starter = "simulation";

    /// <summary>As many stand-ins as any quorum of a playbook is likely to need.</summary>
    private const int PerGroup = 5;

    public static People Complete(Playbook playbook, People? known)
    {
        var people = known ?? playbook.People ?? new People();
        var groups = people.Groups.ToDictionary(group => group.Key, group => group.Value);
        var persons = people.Persons.ToDictionary(person => person.Key, person => person.Value);
        foreach (var group in GroupsOf(playbook).Where(group => groups.GetValueOrDefault(group) is not { Count: > 0 }))
            groups[group] = [.. Enumerable.Range(1, PerGroup).Select(number => FormattableString.Invariant($"{group}-{number}"))];
        if (playbook.Owner is { } owner && !groups.ContainsKey(owner)) persons.TryAdd(owner, new Person());
        foreach (var person in groups.Values.SelectMany(members => members).Concat(ApproversOf(playbook).Select(approver => approver.Person).OfType<string>())) persons.TryAdd(person, new Person());
        return new People { Persons = persons, Groups = groups };
    }

    private static IEnumerable<string> GroupsOf(Playbook playbook) =>
        ApproversOf(playbook).Select(approver => approver.Group).Concat(playbook.Roles.Values.Select(role => role.Group)).Concat(playbook.Overrides).OfType<string>().Distinct();

    private static IEnumerable<Approver> ApproversOf(Playbook playbook) =>
        playbook.Stages.SelectMany(stage => stage.Approvals.Concat(stage.Retry is { } retry ? [retry.Approval] : [])).SelectMany(approval => approval.Approvers)
            .Concat(StepsOf(playbook).SelectMany(ApproversOf));

    /// <summary>Every step that may ask people, also on the way back.</summary>
    private static IEnumerable<Step> StepsOf(Playbook playbook) => playbook.Preflight
        .Concat(playbook.Stages.SelectMany(stage => stage.Ready.Concat(stage.Steps).Concat(stage.Criteria).Concat(stage.Rollback?.Steps ?? []).Concat(stage.Rollback?.Verify ?? [])));

    private static IEnumerable<Approver> ApproversOf(Step step)
    {
        foreach (var key in new[] { "approvers", "by" })
        {
            if (!step.With.TryGetValue(key, out var given) || given.ValueKind != JsonValueKind.Array) continue;
            foreach (var approver in given.Deserialize<List<Approver>>(PlaybookJson.Options) ?? []) yield return approver;
        }
    }
}
