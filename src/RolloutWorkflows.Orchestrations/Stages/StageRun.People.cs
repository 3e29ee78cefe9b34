using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The questions that a stage puts to people: approvals, and steps that people answer.</summary>
internal sealed partial class StageRun
{
    public async Task AskApprovalsBeforeAsync()
    {
        if (input.TakenOverBefore is { } last) await CompleteEvidenceAsync(Takeover.AskedAgain(playbook.FindStage(last)!));
        await AskApprovalsAsync(ApprovalTiming.Before);
    }

    public async Task AskApprovalsAfterAsync()
    {
        await CompleteEvidenceAsync(stage.Approvals.Where(approval => approval.When == ApprovalTiming.After));
        await AskApprovalsAsync(ApprovalTiming.After);
    }

    private async Task AskApprovalsAsync(ApprovalTiming when)
    {
        await PassHoldAsync();
        while (Missing(when) is { Count: > 0 } missing)
        {
            var open = missing.ToDictionary(approval => approval.Name, MustBeApprovedAsync);
            while (open.Count > 0)
            {
                // The first that ends the stage ends it, whatever else is still being asked.
                await Task.WhenAny(open.Values.Append(changed.Until(() => Missing(when).Any(approval => !open.ContainsKey(approval.Name)))));
                foreach (var (name, decided) in open.Where(pair => pair.Value.IsCompleted).ToList())
                {
                    open.Remove(name);
                    await decided;
                }

                // One that was given and became void meanwhile is asked again at once, beside those that are still open.
                foreach (var again in Missing(when).Where(approval => !open.ContainsKey(approval.Name))) open[again.Name] = MustBeApprovedAsync(again);
            }

            await PassHoldAsync();
        }
    }

    private async Task MustBeApprovedAsync(Approval approval)
    {
        var opens = OpenedBy(approval);
        given.Remove(approval.Name, out var before);
        var asking = new ApprovalQuestion
        {
            ApprovalId = "",
            Approval = approval,
            Prompt = "",
            OfOwner = ReferenceEquals(approval, Owner.Confirmation),
            Voids = before?.ApprovalId,
            Differences = before is null or { Differences.Count: > 0 } ? before?.Differences ?? [] : [$"the approval is older than {PlaybookDuration.Format(approval.ValidFor)}"],
        };
        while (true)
        {
            var (answer, at, subject) = await AskAsync(asking, opens, () => PromptFor(approval, opens) + RolesOf(approval), () => SubjectOf(approval, opens));
            if (answer.Verdict == ApprovalVerdict.Approved)
            {
                // From this moment on it can become void, also while the run is held.
                given[approval.Name] = new GivenApproval(answer.ApprovalId!, subject, at + approval.ValidFor, subject.DifferencesTo(SubjectOf(approval, opens)));
                return;
            }

            await PassHoldAsync();
            var message = answer.Verdict == ApprovalVerdict.TimedOut
                ? $"nobody decided {approval.Name} of {stage.Name} in time"
                : $"{approval.Name} of {stage.Name} was rejected by {answer.By}";
            var reaction = answer.Verdict == ApprovalVerdict.TimedOut && approval.OnTimeout != ApprovalFallback.Reject
                ? approval.OnTimeout
                : approval.OnReject;
            if (reaction == ApprovalFallback.Rollback) throw new StageEndedException(StageOutcomeKind.RollBack, message);
            await AwaitChoiceAsync(message, approval.Name, RunVerb.Retry);
            asking = asking with { Voids = null, Differences = [] };
        }
    }

    /// <summary>A step whose answer is a person's: approved passes, rejected fails, silence is no answer.</summary>
    private async Task<StepResult> AskStepQuestionAsync(Step step, PeopleQuestion question)
    {
        var asked = question.Approval with { Name = step.Id, Approvers = ConfirmersOf(question.Approval) };
        if (ApprovalDecision.Impossible(asked, input.Rollout.People, input.Rollout.StartedBy) is { } impossible)
            return new StepResult { Verdict = StepVerdict.Errored, Message = impossible };

        var asking = new ApprovalQuestion { ApprovalId = "", Approval = asked, Prompt = "", OfOwner = question.Approval.Approvers.Count == 0 && playbook.Owner is not null };
        var (answer, _, _) = await AskAsync(asking, opens: null, () => question.Prompt + RolesOf(asked), () => SubjectOf(asked, opens: null));
        await PassHoldAsync();
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

    /// <summary>
    /// Puts a question until it is answered for what stands then: where what it is bound to changes while it is open, it is
    /// void at once, also while the run is held, and put again with the difference.
    /// </summary>
    private async Task<(StageControl Answer, DateTime At, ApprovalSubject Subject)> AskAsync(ApprovalQuestion question, string? opens, Func<string> prompt, Func<ApprovalSubject> subjectNow)
    {
        while (true)
        {
            if (question.Voids is not null)
            {
                // Said first, so that nobody's vote counts for what was while it is being found out what is.
                Tell(new RunSignal { Kind = RunSignalKind.QuestionVoided, From = context.InstanceId, Message = prompt(), Question = question });
                question = question with { Voids = null };
            }

            var pack = await PackAsync(opens);
            if (stopping) await PassHoldAsync();
            var subject = subjectNow();
            var id = $"{input.Rollout.RunId}/{stage.Name}/{input.Attempt}/{subject.Digest(question.Approval.Name, asked++)}";
            Tell(new RunSignal
            {
                Kind = RunSignalKind.PeopleAsked,
                From = context.InstanceId,
                Message = prompt(),
                Question = question with { ApprovalId = id, Prompt = prompt(), Subject = subject.Lines, Pack = pack },
            });
            await changed.Until(() => stopping || answers.ContainsKey(id) || subject.DifferencesTo(subjectNow()).Count > 0);
            var differences = subject.DifferencesTo(subjectNow());
            if (!stopping && differences.Count > 0 && !answers.ContainsKey(id))
            {
                question = question with { Voids = id, Differences = differences };
                continue;
            }

            if (stopping) await PassHoldAsync();
            return (answers[id].Answer, answers[id].At, subject);
        }
    }

    /// <summary>Which roles are asked, and which own the gate, where the playbook says so.</summary>
    private string RolesOf(Approval approval)
    {
        var asked = approval.Approvers.Select(approver => approver.Role).OfType<string>().Distinct().ToList();
        var owners = playbook.OwnersOf(approval.Name);
        string[] said = [.. asked.Count > 0 ? [$"asked as {string.Join(", ", asked)}"] : Array.Empty<string>(), .. owners.Count > 0 ? [$"owned by {string.Join(", ", owners)}"] : Array.Empty<string>()];
        return said.Length == 0 ? "" : $" [{string.Join("; ", said)}]";
    }

    private string PromptFor(Approval approval, string? opens)
    {
        if (opens is null) return $"Finish the rollout after {stage.Name}?";
        var steps = ResolvedStepsOf(opens);
        var again = approval.Name == RetryApproval ? $"{opens} was rolled back. Try it again?" : $"Open {opens}?";
        return steps.Count == 0 ? $"{again} It changes nothing by itself." : $"{again} Its steps: {string.Join("; ", steps.Select(step => step.Text))}";
    }
}
