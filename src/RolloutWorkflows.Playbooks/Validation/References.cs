using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Names that must be declared elsewhere in the playbook.</summary>
internal static class References
{
    public static void Metric(RuleContext context, string? name, string path) =>
        Require(context, name, path, ProblemCodes.UnknownMetric, "metric", context.Playbook.Metrics.Keys);

    /// <summary>The name under which a capture stores a baseline.</summary>
    public static void Capture(RuleContext context, string? name, string path)
    {
        var captures = context.Steps.Where(placed => placed.Step.Uses == "metric/capture" && placed.Step.With.ContainsKey("as"))
            .Select(placed => placed.Step.With["as"].ToString()).ToHashSet();
        if (name is null || captures.Contains(name)) return;
        context.Problems.Add(ProblemCodes.UnknownCapture, path, $"unknown capture; expected the 'as' of a metric/capture step, {Wording.Known(captures)}, got '{name}'{Suggestion.For(name, captures)}");
    }

    public static void Channel(RuleContext context, string? name, string path) =>
        Require(context, name, path, ProblemCodes.UnknownChannel, "audience", context.Playbook.Channels.Audiences.Keys);

    public static void Surface(RuleContext context, string? name, string path) =>
        Require(context, name, path, ProblemCodes.UnknownSurface, "surface", context.Playbook.Surfaces);

    public static void Stage(RuleContext context, string? name, string path) =>
        Require(context, name, path, ProblemCodes.UnknownStage, "stage", context.Playbook.Stages.Select(stage => stage.Name));

    /// <summary>A role that is filled stands for whoever fills it, so only one that is not declared is still a name.</summary>
    public static void Role(RuleContext context, string? name, string path) =>
        Require(context, name, path, ProblemCodes.UnknownRole, "role", context.Playbook.Roles.Keys);

    /// <summary>Checked only where the playbook states its people; otherwise only the host knows them.</summary>
    public static void Group(RuleContext context, string? name, string path)
    {
        if (context.Playbook.People is { } people) Require(context, name, path, ProblemCodes.UnknownGroup, "group", people.Groups.Keys);
    }

    /// <summary>Checked only where the playbook states its people; otherwise only the host knows them.</summary>
    public static void Person(RuleContext context, string? name, string path)
    {
        if (context.Playbook.People is { } people) Require(context, name, path, ProblemCodes.UnknownPerson, "person", people.Persons.Keys);
    }

    /// <summary>A person or a group.</summary>
    public static void PersonOrGroup(RuleContext context, string? name, string path)
    {
        if (context.Playbook.People is { } people) Require(context, name, path, ProblemCodes.UnknownAddressee, "person or group", people.Persons.Keys.Concat(people.Groups.Keys));
    }

    /// <summary>A person, a group or an audience. Without stated people any name may be a group of the host's.</summary>
    public static void Addressee(RuleContext context, string? name, string path)
    {
        if (context.Playbook.People is not { } people) return;
        Require(context, name, path, ProblemCodes.UnknownAddressee, "person, group or audience", people.Persons.Keys.Concat(people.Groups.Keys).Concat(context.Playbook.Channels.Audiences.Keys));
    }

    private static void Require(RuleContext context, string? name, string path, ProblemCode code, string what, IEnumerable<string> known)
    {
        var names = known.Where(each => each.Length > 0).Distinct().ToList();
        if (string.IsNullOrEmpty(name) || names.Contains(name)) return;
        var expected = names.Count == 0 ? "one that the playbook declares (there are none)" : Wording.AnyOf([.. names.Order(StringComparer.Ordinal)]);
        context.Problems.Add(code, path, $"unknown {what}; expected {expected}, got '{name}'{Suggestion.For(name, names)}");
    }
}
