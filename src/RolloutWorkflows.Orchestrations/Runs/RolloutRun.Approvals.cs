using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The questions that are open to people. A vote counts only for a question that is open now.</summary>
internal sealed partial class RolloutRun
{
    private readonly Dictionary<string, (OpenApproval Open, Approval Rule, CancellationTokenSource Decided)> approvals = [];

    private void OpenApproval(Stage stage, ApprovalQuestion question)
    {
        if (question.OfOwner && ConfirmsByItself(stage, question)) return;
        var rule = question.OfOwner ? question.Approval with { Approvers = owner!.Approvers } : question.Approval;
        var electorate = ApprovalDecision.Electorate(rule, input.People, input.StartedBy);
        var again = question.Differences.Count > 0 ? $"Asked again, since {string.Join("; ", question.Differences)}. " : "";
        var prompt = again + question.Prompt;
        var open = WithDeadline(rule, WindowsOf(stage), new OpenApproval
        {
            ApprovalId = question.ApprovalId,
            Name = rule.Name,
            Stage = stage.Name,
            Prompt = prompt,
            Subject = question.Subject,
            Pack = question.Pack,
            Shown = DecisionPackText.Of(prompt, question.Subject, question.Pack),
            Differences = question.Differences,
            Electorate = electorate,
            Needed = ApprovalDecision.Needed(rule, electorate),
            AskedAt = NowUtc,
        });
        approvals[open.ApprovalId] = (open, rule, new CancellationTokenSource());
        if (question.OfOwner) ownersQuestions.Add(open.ApprovalId);
        var whom = rule.Approvers.Count == 0 ? "anyone" : string.Join(", ", electorate);
        Move(RunTrigger.PeopleAsked, $"waiting for {open.Needed} of {whom}: {open.Prompt}");
        log.Write(RunLogKind.ApprovalAsked, $"{open.Prompt} (asked: {whom})", stage.Name, AttemptOf(stage.Name), data: open);
        CallForPeople(open.ApprovalId, $"{input.RunId} asks {whom}: {open.Prompt}", () => approvals.ContainsKey(open.ApprovalId));
        if (rule.Timeout is not null) _ = CountDownAsync(open.ApprovalId, WindowsOf(stage));
        HoldWithoutOwner();
    }

    /// <summary>What was asked, or already approved, does not count any more; the votes stay in the record.</summary>
    private void VoidApproval(Stage stage, ApprovalQuestion question)
    {
        var approvalId = question.Voids!;
        var why = string.Join("; ", question.Differences);
        var wasOpen = approvals.Remove(approvalId, out var entry);
        ownersQuestions.Remove(approvalId);
        StopReminding(approvalId);
        if (wasOpen)
        {
            entry.Decided.Cancel();
            entry.Decided.Dispose();
        }

        log.Write(RunLogKind.ApprovalVoided, $"{question.Approval.Name}: {(wasOpen ? "the open question" : "the approval")} is void, since {why}", stage.Name, AttemptOf(stage.Name),
            data: wasOpen ? entry.Open : new { ApprovalId = approvalId, question.Differences });
    }

    private string? RefusalOfVote(RunCommand command)
    {
        if (Named(command) is not { } entry)
        {
            var known = string.Join("; ", approvals.Values.Select(open => $"{open.Open.ApprovalId} ({open.Open.Name})"));
            return command.ApprovalId is { } wanted
                ? $"approval '{wanted}' is not open; open: {known}"
                : $"several approvals are open, so the command must name one: {known}";
        }

        if (entry.Rule.Approvers.Count == 0 || entry.Open.Electorate.Contains(command.Actor)) return null;
        var why = command.Actor == input.StartedBy && entry.Rule.PreventSelfApproval ? " started the run and" : "";
        return $"{command.Actor}{why} has no vote on {entry.Open.Name}; asked are {string.Join(", ", entry.Open.Electorate)}";
    }

    private void TakeVote(RunCommand command)
    {
        var entry = Named(command)!.Value;
        var vote = new Vote
        {
            Person = command.Actor,
            Approves = command.Verb == RunVerb.Approve,
            Via = command.Via,
            Reason = command.Reason,
            At = command.At,
            Shown = entry.Open.Shown.Digest,
            CommandId = command.CommandId,
        };
        var open = entry.Open with { Votes = [.. entry.Open.Votes.Where(known => known.Person != command.Actor), vote] };
        approvals[open.ApprovalId] = entry with { Open = open };
        var verdict = ApprovalDecision.Decide(entry.Rule, input.People, open.Electorate, open.Votes);
        if (verdict != ApprovalVerdict.Open) Decide(open.ApprovalId, verdict);
        if (vote.Approves) ConfirmByVote(open, vote);
    }

    private void Decide(string approvalId, ApprovalVerdict verdict)
    {
        var (open, _, decided) = approvals[approvalId];
        approvals.Remove(approvalId);
        StopReminding(approvalId);
        decided.Cancel();
        decided.Dispose();
        var by = string.Join(", ", open.Votes.Where(vote => vote.Approves == (verdict == ApprovalVerdict.Approved)).Select(vote => vote.Person));
        log.Write(RunLogKind.ApprovalDecided, verdict == ApprovalVerdict.TimedOut
            ? $"{open.Name}: nobody decided in time"
            : $"{open.Name}: {verdict.ToString().ToLowerInvariant()} by {by}", open.Stage, data: open);
        ownersQuestions.Remove(approvalId);
        if (approvalId == startQuestion) TakeOwnersAnswer(verdict, by);
        if (openStageInstance is null) return;
        context.SendEvent(openStageInstance, OrchestrationNames.ControlEvent,
            new StageControl { Kind = StageControlKind.Answered, ApprovalId = approvalId, Verdict = verdict, By = by });
    }

    /// <summary>Questions of a stage that has ended are closed, undecided.</summary>
    private void CloseApprovals()
    {
        foreach (var (open, _, decided) in approvals.Values)
        {
            decided.Cancel();
            decided.Dispose();
            StopReminding(open.ApprovalId);
            log.Write(RunLogKind.ApprovalDecided, $"{open.Name}: closed undecided, since its stage ended", open.Stage);
        }

        approvals.Clear();
        ownersQuestions.Clear();
    }

    /// <summary>The question that a vote answers; null for any other command.</summary>
    private OpenApproval? MeantBy(RunCommand command) => command.Verb is RunVerb.Approve or RunVerb.Reject ? Named(command)?.Open : null;

    private (OpenApproval Open, Approval Rule, CancellationTokenSource Decided)? Named(RunCommand command) =>
        command.ApprovalId is { } id ? (approvals.TryGetValue(id, out var named) ? named : null)
        : approvals.Count == 1 ? approvals.Values.First()
        : null;
}
