using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What approvals of the stage are bound to, and what becomes of them when it changes.</summary>
internal sealed partial class StageRun
{
    private readonly Dictionary<string, MeasurementVerdict> guardrailVerdicts;
    private readonly Dictionary<string, RunDocument> documents;
    private readonly Dictionary<string, string> checkVerdicts = [];
    private readonly Dictionary<string, StepStatus> checks = [];
    private readonly Dictionary<string, GivenApproval> given = [];

    /// <summary>An approval counts once: after a change it is void for good, also where the change is taken back.</summary>
    private sealed record GivenApproval(string ApprovalId, ApprovalSubject Subject, DateTime Until, IReadOnlyList<string> Differences);

    /// <summary>With a space, which no name in a playbook has.</summary>
    private string RetryApproval => $"retry of {stage.Name}";

    /// <summary>True where an approval of what follows does not count any more: too old, or what it is bound to changed.</summary>
    public bool MustBeApprovedAgain(ApprovalTiming when) => Missing(when).Count > 0;

    private List<Approval> Missing(ApprovalTiming when) => [.. ApprovalsOf(when).Where(approval =>
        !given.TryGetValue(approval.Name, out var answer) || answer.Differences.Count > 0 || context.CurrentUtcDateTime >= answer.Until)];

    /// <summary>
    /// The stage's approvals; before its steps also the one of its <c>retry</c>, where it was rolled back before, and where the
    /// playbook has an owner, the owner's word on each promotion.
    /// </summary>
    private IEnumerable<Approval> ApprovalsOf(ApprovalTiming when)
    {
        var own = stage.Approvals.Where(approval => approval.When == when);
        if (when == ApprovalTiming.After) return playbook.Owner is null ? own : own.Append(Owner.Confirmation);
        if (input.IsTriedAgain && stage.Retry is { } retry) own = own.Prepend(retry.Approval with { When = ApprovalTiming.Before, Name = RetryApproval });
        return input.TakenOverBefore is { } last ? Takeover.AskedAgain(playbook.FindStage(last)!).Concat(own) : own;
    }

    /// <summary>What an approval is an approval of, as it stands now.</summary>
    private ApprovalSubject SubjectOf(Approval approval, string? opens)
    {
        var lines = new List<SubjectLine>();
        foreach (var binding in approval.BindTo.Order())
        {
            lines.AddRange(binding switch
            {
                ApprovalBinding.Playbook => [new SubjectLine(binding, "playbook", $"{playbook.Name}, digest {input.Rollout.PlaybookDigest}")],
                ApprovalBinding.Inputs => input.Rollout.Inputs.Select(pair => new SubjectLine(binding, $"input {pair.Key}", pair.Value.ToString())),
                ApprovalBinding.Effects => ResolvedStepsOf(opens).Select(step => new SubjectLine(binding, $"step {step.Id}", step.Text)),
                _ => Evidence(),
            });
        }

        return new ApprovalSubject(lines);
    }

    private IEnumerable<SubjectLine> Evidence() =>
        checkVerdicts.Select(pair => (What: pair.Key, pair.Value))
            .Concat(EnforcedGuardrails().Where(rule => guardrailVerdicts.ContainsKey(rule.Name)).Select(rule => (What: $"guardrail {rule.Name}", Value: guardrailVerdicts[rule.Name].ToString())))
            .Concat(documents.Values.OrderBy(document => document.Name, StringComparer.Ordinal).Select(document => (What: $"document {document.Name}", Value: $"sha256 {document.Digest}")))
            .Select(line => new SubjectLine(ApprovalBinding.Evidence, line.What, line.Value));

    private IEnumerable<Guardrail> EnforcedGuardrails() =>
        GuardrailsHere().Where(rule => rule.Mode == GuardrailMode.Enforce);

    private void TakeEvidence(IEnumerable<GuardrailEvidence> evidence)
    {
        foreach (var said in evidence) guardrailVerdicts[said.Guardrail] = said.Verdict;
        VoidWhatChanged();
    }

    /// <summary>Another document is another piece of evidence; the same bytes attached again are the same piece.</summary>
    private void TakeDocument(RunDocument document)
    {
        documents[document.Name] = document;
        VoidWhatChanged();
    }

    /// <summary>A check that looked at a document or an artifact also says which one, by its digest.</summary>
    private void TakeCheck(string part, string stepId, StepResult result)
    {
        var digest = result.Outputs.TryGetValue("digest", out var known) && known.ValueKind == JsonValueKind.String ? $", digest {known.GetString()}" : "";
        if (part is not ("steps" or "promotion")) checkVerdicts[$"{part} {stepId}"] = result.Verdict + digest;
        VoidWhatChanged();
    }

    private void VoidWhatChanged()
    {
        foreach (var (name, answer) in given.Where(pair => pair.Value.Differences.Count == 0).ToList())
        {
            var approval = ApprovalsOf(ApprovalTiming.Before).Concat(ApprovalsOf(ApprovalTiming.After)).First(candidate => candidate.Name == name);
            given[name] = answer with { Differences = answer.Subject.DifferencesTo(SubjectOf(approval, OpenedBy(approval))) };
        }
    }

    /// <summary>The stage whose steps an approval lets happen; null: none, since this is the last.</summary>
    private string? OpenedBy(Approval approval) => approval.When == ApprovalTiming.Before ? stage.Name : input.NextStage;

    /// <summary>Who approves evidence must be shown some: guardrails that have not been measured yet are measured first.</summary>
    private async Task CompleteEvidenceAsync(IEnumerable<Approval> asked)
    {
        if (!isGuarded || !asked.Any(approval => approval.BindTo.Contains(ApprovalBinding.Evidence))) return;
        var unmeasured = EnforcedGuardrails().Where(rule => !guardrailVerdicts.ContainsKey(rule.Name)).Select(rule => rule.Resolved(Scope())).ToList();
        if (unmeasured.Count == 0) return;
        TakeEvidence((await MeasureAsync(unmeasured)).Select(measurement => new GuardrailEvidence(measurement.Guardrail, measurement.Verdict)));
    }

    /// <summary>The steps of a stage as they would be sent, as far as their values are known by now.</summary>
    private IReadOnlyList<(string Id, string Text)> ResolvedStepsOf(string? name)
    {
        if (name is null || playbook.FindStage(name) is not { } target) return [];
        return [.. target.Steps.Select(step => (step.Id, $"{step.Uses} ({string.Join(", ", step.With.Select(pair => $"{pair.Key}: {Resolved(pair.Value)}"))})"))];
    }

    private JsonElement Resolved(JsonElement value)
    {
        try
        {
            return ExpressionResolver.Resolve(value, Scope());
        }
        catch (ExpressionException)
        {
            // Outputs of steps that have not run yet: shown, and bound, as they are written.
            return value;
        }
    }
}
