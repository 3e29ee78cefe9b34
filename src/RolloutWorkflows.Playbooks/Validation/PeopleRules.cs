namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about owner, roles, groups and the people that a playbook states.</summary>
internal static class PeopleRules
{
    public static void Check(RuleContext context)
    {
        var playbook = context.Playbook;
        References.PersonOrGroup(context, playbook.Owner, "spec.owner");
        foreach (var (name, role) in playbook.Roles)
        {
            References.Group(context, role.Group, $"spec.roles.{name}.group");
            References.Person(context, role.Person, $"spec.roles.{name}.person");
        }

        for (var i = 0; i < playbook.Overrides.Count; i++) References.Group(context, playbook.Overrides[i], $"spec.overrides[{i}]");
        if (playbook.People is not { } people) return;
        foreach (var (name, members) in people.Groups)
        {
            var path = $"spec.people.groups.{name}";
            for (var i = 0; i < members.Count; i++) References.Person(context, members[i], $"{path}[{i}]");
            context.RefuseDuplicates(ProblemCodes.DuplicateItem, members.Select((member, index) => (member, $"{path}[{index}]")), "the person");
        }

        foreach (var (name, person) in people.Persons.Where(pair => pair.Value.Slack is { } slack && !PersonIdentities.IsSlack(slack)))
        {
            context.Problems.Add(ProblemCodes.InvalidSlackId, $"spec.people.persons.{name}.slack", $"this is no Slack id of a person; expected TEAM/USER such as T0TEAM/U0USER, got '{person.Slack}'");
        }

        foreach (var shared in PersonIdentities.Shared(people.Persons))
        {
            foreach (var name in shared.Persons.Skip(1))
            {
                context.Problems.Add(ProblemCodes.SharedIdentity, $"spec.people.persons.{name}.{shared.Channel}", $"the account belongs to {shared.Persons[0]} already; expected one of {name} alone, got '{shared.Id}'");
            }
        }
    }
}
