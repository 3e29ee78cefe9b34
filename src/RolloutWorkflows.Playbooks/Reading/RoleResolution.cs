using System.Text.Json;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Playbooks.Reading;

/// <summary>
/// Puts whoever fills a role in the role's place, so that everything after it knows persons and groups alone. Who is asked
/// keeps the role's name beside it. A role that is not declared stays a name, for the rules to find.
/// </summary>
internal static class RoleResolution
{
    public static Playbook Of(IStepCatalog catalog, Playbook playbook)
    {
        if (playbook.Roles.Count == 0) return playbook;
        return playbook with
        {
            Owner = playbook.Owner is { } owner ? Name(playbook, owner) : null,
            Overrides = [.. playbook.Overrides.Select(name => Name(playbook, name))],
            Guardrails = Guardrails(playbook, playbook.Guardrails),
            Preflight = Steps(playbook, playbook.Preflight, catalog),
            Stages = [.. playbook.Stages.Select(stage => stage with
            {
                Ready = Steps(playbook, stage.Ready, catalog),
                Criteria = Steps(playbook, stage.Criteria, catalog),
                Approvals = [.. stage.Approvals.Select(approval => Approval(playbook, approval))],
                Retry = stage.Retry is { } retry ? retry with { Approval = Approval(playbook, retry.Approval) } : null,
                Guardrails = Guardrails(playbook, stage.Guardrails),
            })],
        };
    }

    private static string Name(Playbook playbook, string name) =>
        !playbook.Channels.Audiences.ContainsKey(name) && playbook.Roles.TryGetValue(name, out var role) ? role.FilledBy ?? name : name;

    private static IReadOnlyList<string> Names(Playbook playbook, IEnumerable<string> names) => [.. names.Select(name => Name(playbook, name))];

    /// <summary>Whoever owns a guardrail hears when it speaks.</summary>
    private static IReadOnlyList<Guardrail> Guardrails(Playbook playbook, IReadOnlyList<Guardrail> guardrails) =>
        [.. guardrails.Select(rule => rule with { Notify = [.. Names(playbook, rule.Notify).Union(playbook.OwnedBy(rule.Name))] })];

    private static Approval Approval(Playbook playbook, Approval approval) => approval with
    {
        Approvers = [.. approval.Approvers.Select(approver => Approver(playbook, approver))],
        EscalateTo = Names(playbook, approval.EscalateTo),
    };

    private static Approver Approver(Playbook playbook, Approver approver) =>
        approver.Role is { } name && playbook.Roles.TryGetValue(name, out var role) ? approver with { Group = role.Group, Person = role.Person } : approver;

    private static IReadOnlyList<Step> Steps(Playbook playbook, IReadOnlyList<Step> steps, IStepCatalog catalog) => [.. steps.Select(step =>
    {
        if (!catalog.TryFind(step.Uses, out var kind)) return step;
        var people = kind.Parameters.Where(parameter => parameter.Type is StepParameterType.ApproverList or StepParameterType.AddresseeList && step.With.ContainsKey(parameter.Name)).ToList();
        if (people.Count == 0) return step;
        var with = step.With.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var parameter in people)
            with[parameter.Name] = parameter.Type == StepParameterType.ApproverList ? Approvers(playbook, with[parameter.Name]) : Addressees(playbook, with[parameter.Name]);
        return step with { With = with };
    })];

    private static JsonElement Approvers(Playbook playbook, JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Array || given.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object)) return given;
        return JsonSerializer.SerializeToElement(given.EnumerateArray().Select(item =>
        {
            var approver = item.EnumerateObject().ToDictionary(property => property.Name, property => property.Value);
            if (!item.TryGetProperty("role", out var name) || name.ValueKind != JsonValueKind.String || !playbook.Roles.TryGetValue(name.GetString()!, out var role)) return approver;
            if (role.Group is { } group) approver["group"] = JsonSerializer.SerializeToElement(group);
            if (role.Person is { } person) approver["person"] = JsonSerializer.SerializeToElement(person);
            return approver;
        }));
    }

    private static JsonElement Addressees(Playbook playbook, JsonElement given) =>
        given.ValueKind != JsonValueKind.Array || given.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)
            ? given
            : JsonSerializer.SerializeToElement(Names(playbook, given.EnumerateArray().Select(item => item.GetString()!)));
}
