using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Host;

/// <summary>
/// What would let a run stop half-way is found before it starts: people who cannot decide, metric sources that nobody configured. Pure.
/// </summary>
internal static class StartChecks
{
    /// <summary>Every obstacle, one sentence each; empty where the run can start.</summary>
    public static IReadOnlyList<string> Obstacles(
        Playbook playbook, IReadOnlyDictionary<string, JsonElement> inputs, People people, string starter, RolloutSettings settings, IStepCatalog steps, IReadOnlyList<string> channels) =>
    [
        .. NowhereToDocument(playbook, channels),
        .. Approvals(playbook).SelectMany(entry => PeopleProblems(entry.Where, entry.Approval, people, starter)),
        .. OwnersName(playbook),
        .. UnknownAddressees(playbook, people),
        .. SharedIdentities(people),
        .. UnknownHolidays(playbook, settings),
        .. UnknownSources(playbook, settings),
        .. AlertSourceChecks.Obstacles(playbook, settings),
        .. UnknownWebhooks(playbook, settings),
        .. UnknownSecrets(playbook, settings),
        .. FilesNotAllowed(playbook, settings, steps),
        .. CommandChecks.Obstacles(playbook, inputs, settings),
        .. GrantChecks.Refusals(playbook, inputs, new Grants(settings.Grants), steps),
    ];

    /// <summary>A stage would wait for an issue that never comes.</summary>
    private static IEnumerable<string> NowhereToDocument(Playbook playbook, IReadOnlyList<string> channels) =>
        !playbook.ReleaseIssue.DocumentBeforeProceeding || channels.Contains(StageControl.DocumentedIn) ? []
        : playbook.Channels.ReleaseIssue is null
            ? ["releaseIssue.documentBeforeProceeding waits for the release issue, and the playbook has none; name one as channels.releaseIssue."]
            : ["releaseIssue.documentBeforeProceeding waits for the release issue, and this server is not connected to GitHub; connect it as extensions.rollout.gitHub in host.json."];

    private static IEnumerable<(string Where, Approval Approval)> Approvals(Playbook playbook)
    {
        foreach (var stage in playbook.Stages)
        {
            foreach (var approval in stage.Approvals) yield return ($"stage {stage.Name}, approval {approval.Name}", approval);
            if (stage.Retry is { } retry) yield return ($"stage {stage.Name}, approval of its retry", retry.Approval);
        }

        foreach (var (where, step) in PlaybookSteps.All(playbook).Where(entry => entry.Step.Uses is "manual/confirm" or "signoff"))
            if (Confirmation(step) is { } approval)
                yield return ($"{where}, {(step.Uses == "signoff" ? "sign-off" : "confirmation")} {step.Id}", approval);
    }

    /// <summary>The part of a confirmation's configuration that says who may answer, as far as it needs no run to be known.</summary>
    private static Approval? Confirmation(Step step)
    {
        if (!step.With.TryGetValue(step.Uses == "signoff" ? "by" : "approvers", out var given) || given.ValueKind != JsonValueKind.Array) return null;
        try
        {
            var approvers = given.Deserialize<List<Approver>>(PlaybookJson.Options) ?? [];
            var self = !step.With.TryGetValue("preventSelfApproval", out var prevent) || prevent.ValueKind != JsonValueKind.False;
            // A share of those who are asked can always be reached.
            var share = step.With.TryGetValue("minApprovals", out var least) ? least.ValueKind == JsonValueKind.String : step.Uses == "signoff";
            var needed = share ? ApprovalThreshold.All : new ApprovalThreshold { Count = least.TryGetInt32OrNull() ?? 1 };
            return new Approval { Name = step.Id, Approvers = approvers, PreventSelfApproval = self, MinApprovals = needed, EscalateTo = NamesIn(step, "escalateTo") };
        }
        catch (JsonException)
        {
            // Its shape is the validation's business.
            return null;
        }
    }

    private static IEnumerable<string> PeopleProblems(string where, Approval approval, People people, string starter)
    {
        var empty = approval.Approvers.Where(approver => approver.Group is { } group && (!people.Groups.TryGetValue(group, out var members) || members.Count == 0)).Select(approver => approver.Group!).Distinct(StringComparer.Ordinal).ToList();
        foreach (var group in empty) yield return $"{where}: the group '{group}' has no members; name them in people.yaml.";
        if (empty.Count == 0 && ApprovalDecision.Impossible(approval, people, starter) is { } impossible) yield return $"{where}: {impossible}.";
    }

    private static IEnumerable<string> OwnersName(Playbook playbook) => playbook.Owner is null ? [] : playbook.Stages
        .Where(stage => stage.Approvals.Any(approval => approval.Name == "owner"))
        .Select(stage => $"stage {stage.Name}, approval owner: the owner's own question has that name; choose another.");

    /// <summary>Whoever is to hear of a guardrail must be somebody; a playbook that states no people of its own is checked against the host's.</summary>
    private static IEnumerable<string> UnknownAddressees(Playbook playbook, People people)
    {
        var known = people.Persons.Keys.Concat(people.Groups.Keys).Concat(playbook.Channels.Audiences.Keys).ToHashSet(StringComparer.Ordinal);
        var notified = from rule in playbook.Guardrails.Concat(playbook.Stages.SelectMany(stage => stage.Guardrails))
                       from name in rule.Notify
                       select (What: $"guardrail {rule.Name} notifies", Name: name);
        var escalated = from entry in Approvals(playbook)
                        from name in entry.Approval.EscalateTo
                        select (What: $"{entry.Where}: escalates to", Name: name);
        return notified.Concat(escalated).Where(each => !known.Contains(each.Name))
            .Select(each => $"{each.What} '{each.Name}', which is no person or group of people.yaml and no channel of the playbook.");
    }

    /// <summary>The operator's file is checked by itself; a playbook's own people may claim an account that belongs to one of the operator's.</summary>
    private static IEnumerable<string> SharedIdentities(People people) => PersonIdentities.Shared(people.Persons)
        .Select(shared => $"the {shared.Channel} account {shared.Id} belongs to {string.Join(" and ", shared.Persons)}; a person votes once, so leave it with one of them.");

    private static IEnumerable<string> UnknownHolidays(Playbook playbook, RolloutSettings settings) => HolidayDirectory.NamesIn(playbook)
        .Where(name => !settings.Holidays.ContainsKey(name))
        .Select(name => $"the holidays '{name}' are not configured; add extensions.rollout.holidays.{name} to host.json, with their file.");

    private static IEnumerable<string> UnknownSources(Playbook playbook, RolloutSettings settings) => playbook.Metrics
        .Where(metric => metric.Value.Source != RolloutMetrics.Source && !settings.MetricSources.ContainsKey(metric.Value.Source))
        .GroupBy(metric => metric.Value.Source, metric => metric.Key, StringComparer.Ordinal)
        .Select(group => $"the metric source '{group.Key}' (of {string.Join(", ", group)}) is not configured; add extensions.rollout.metricSources.{group.Key} to host.json.");

    private static IEnumerable<string> UnknownWebhooks(Playbook playbook, RolloutSettings settings) => playbook.Channels.Audiences
        .Where(audience => audience.Value.Webhook is { } webhook && !settings.Webhooks.ContainsKey(webhook))
        .Select(audience => $"the webhook '{audience.Value.Webhook}' (of channel {audience.Key}) is not configured; add extensions.rollout.webhooks.{audience.Value.Webhook} to host.json.");

    private static IEnumerable<string> UnknownSecrets(Playbook playbook, RolloutSettings settings) => PlaybookSteps.All(playbook)
        .SelectMany(entry => entry.Step.With.Values.Concat(entry.Step.Undo?.With.Values ?? []).SelectMany(ExpressionResolver.ReferencesIn))
        .Where(reference => reference.Kind == ReferenceKind.Secret && !settings.Secrets.ContainsKey(reference.Name))
        .Select(reference => reference.Name)
        .Distinct(StringComparer.Ordinal)
        .Select(name => $"the secret '{name}' is not configured; say where it lies as extensions.rollout.secrets.{name} in host.json.");

    private static IEnumerable<string> FilesNotAllowed(Playbook playbook, RolloutSettings settings, IStepCatalog steps) => settings.Files is not null ? [] : PlaybookSteps.All(playbook)
        .Where(entry => steps.TryFind(entry.Step.Uses, out var kind) && kind.Parameters.Any(parameter => parameter.Type is StepParameterType.File or StepParameterType.FileList && entry.Step.With.ContainsKey(parameter.Name)))
        .Select(entry => $"{entry.Where}, step {entry.Step.Id}: this host lets no playbook read or change files; name their folder as extensions.rollout.files in host.json.");

    private static IReadOnlyList<string> NamesIn(Step step, string key) =>
        step.With.TryGetValue(key, out var names) && names.ValueKind == JsonValueKind.Array
            ? [.. names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)]
            : [];

    private static int? TryGetInt32OrNull(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null;
}
