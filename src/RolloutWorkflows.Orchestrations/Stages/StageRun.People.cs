using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The questions that a stage puts to people: approvals, and steps that people answer.</summary>
internal sealed partial class StageRun
{
    public Task AskApprovalsBeforeAsync() => AskApprovalsAsync(ApprovalTiming.Before, stage.Name);

    public Task AskApprovalsAfterAsync() => AskApprovalsAsync(ApprovalTiming.After, input.NextStage);

    /// <summary>True where an approval of what follows was given so long ago that it does not count any more.</summary>
    public bool MustBeApprovedAgain(ApprovalTiming when) => Missing(when).Count > 0;

    private List<Approval> Missing(ApprovalTiming when) =>
        [.. Gates().Where(approval => approval.When == when && !(approvedUntil.TryGetValue(approval.Name, out var until) && context.CurrentUtcDateTime < until))];

    /// <summary>Where the playbook has an owner, each promotion needs the owner's word beside the stage's own approvals.</summary>
    private IEnumerable<Approval> Gates() => playbook.Owner is null ? stage.Approvals : stage.Approvals.Append(Owner.Confirmation);

    private async Task AskApprovalsAsync(ApprovalTiming when, string? opens)
    {
        await PassHoldAsync();
        while (Missing(when) is { Count: > 0 } missing)
        {
            var open = missing.Select(approval => MustBeApprovedAsync(approval, PromptFor(opens), opens)).ToList();
            while (open.Count > 0)
            {
                // The first that ends the stage ends it, whatever else is still being asked.
                var decided = await Task.WhenAny(open);
                open.Remove(decided);
                await decided;
            }

            await PassHoldAsync();
        }
    }

    private async Task MustBeApprovedAsync(Approval approval, string prompt, string? opens)
    {
        while (true)
        {
            var (answer, at) = await AskAsync(approval, prompt, opens, ofOwner: ReferenceEquals(approval, Owner.Confirmation));
            if (answer.Verdict == ApprovalVerdict.Approved)
            {
                approvedUntil[approval.Name] = at + approval.ValidFor;
                return;
            }

            var message = answer.Verdict == ApprovalVerdict.TimedOut
                ? $"nobody decided {approval.Name} of {stage.Name} in time"
                : $"{approval.Name} of {stage.Name} was rejected by {answer.By}";
            var reaction = answer.Verdict == ApprovalVerdict.TimedOut && approval.OnTimeout != ApprovalFallback.Reject
                ? approval.OnTimeout
                : approval.OnReject;
            if (reaction == ApprovalFallback.Rollback) throw new StageEndedException(StageOutcomeKind.RollBack, message);
            await AwaitChoiceAsync(message, RunVerb.Retry);
        }
    }

    /// <summary>A step whose answer is a person's: approved passes, rejected fails, silence is no answer.</summary>
    private async Task<StepResult> AskStepQuestionAsync(Step step, PeopleQuestion question)
    {
        var asked = question.Approval with { Name = step.Id, Approvers = ConfirmersOf(question.Approval) };
        if (ApprovalDecision.Impossible(asked, input.Rollout.People, input.Rollout.StartedBy) is { } impossible)
            return new StepResult { Verdict = StepVerdict.Errored, Message = impossible };

        var (answer, _) = await AskAsync(asked, question.Prompt, opens: null, ofOwner: question.Approval.Approvers.Count == 0 && playbook.Owner is not null);
        Enter(phase.Trigger, phase.Because);
        return answer.Verdict switch
        {
            ApprovalVerdict.TimedOut when asked.OnTimeout == ApprovalFallback.Rollback =>
                throw new StageEndedException(StageOutcomeKind.RollBack, $"nobody answered {step.Id} of {stage.Name} in time"),
            ApprovalVerdict.TimedOut when asked.OnTimeout == ApprovalFallback.Reject =>
                new StepResult { Verdict = StepVerdict.Failed, Message = "nobody answered in time, which counts as a no" },
            ApprovalVerdict.Approved => new StepResult { Verdict = StepVerdict.Passed, Message = $"confirmed by {answer.By}" },
            ApprovalVerdict.Rejected => new StepResult { Verdict = StepVerdict.Failed, Message = $"refused by {answer.By}" },
            _ => new StepResult { Verdict = StepVerdict.Errored, Message = "nobody answered in time" },
        };
    }

    /// <summary>Where a question names nobody, the playbook's owner answers; without one anybody may.</summary>
    private IReadOnlyList<Approver> ConfirmersOf(Approval question) =>
        question.Approvers.Count > 0 || playbook.Owner is not { } owner ? question.Approvers
        : [input.Rollout.People.Groups.ContainsKey(owner) ? new Approver { Group = owner } : new Approver { Person = owner }];

    private async Task<(StageControl Answer, DateTime At)> AskAsync(Approval approval, string prompt, string? opens, bool ofOwner)
    {
        var id = ApprovalId(approval, opens);
        Tell(new RunSignal
        {
            Kind = RunSignalKind.PeopleAsked,
            From = context.InstanceId,
            Message = prompt,
            Question = new ApprovalQuestion { ApprovalId = id, Approval = approval, Prompt = prompt, OfOwner = ofOwner },
        });
        await AwaitAsync(() => answers.ContainsKey(id));
        return answers[id];
    }

    /// <summary>Names exactly what is approved: this asking, this playbook, these inputs and the very steps that follow.</summary>
    private string ApprovalId(Approval approval, string? opens)
    {
        var subject = JsonSerializer.Serialize(new { Asked = asked++, approval.Name, input.Rollout.PlaybookDigest, input.Rollout.Inputs, Steps = ResolvedStepsOf(opens) });
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));
        return $"{input.Rollout.RunId}/{stage.Name}/{input.Attempt}/{digest[..12]}";
    }

    private string PromptFor(string? opens)
    {
        if (opens is null) return $"Finish the rollout after {stage.Name}?";
        var steps = ResolvedStepsOf(opens);
        return steps.Count == 0 ? $"Open {opens}? It changes nothing by itself." : $"Open {opens}? Its steps: {string.Join("; ", steps)}";
    }

    /// <summary>The steps of a stage as they would be sent, as far as their values are known by now.</summary>
    private IReadOnlyList<string> ResolvedStepsOf(string? name)
    {
        if (name is null || playbook.FindStage(name) is not { } target) return [];
        return [.. target.Steps.Select(step => $"{step.Uses} ({string.Join(", ", step.With.Select(pair => $"{pair.Key}: {Shown(pair.Value)}"))})")];
    }

    private string Shown(JsonElement value)
    {
        try
        {
            return ExpressionResolver.Resolve(value, Scope()).ToString();
        }
        catch (ExpressionException)
        {
            // Outputs of steps that have not run yet: shown, and bound, as they are written.
            return value.ToString();
        }
    }
}
