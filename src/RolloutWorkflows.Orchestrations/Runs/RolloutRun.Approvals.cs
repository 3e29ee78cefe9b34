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
        var open = new OpenApproval
        {
            ApprovalId = question.ApprovalId,
            Name = rule.Name,
            Stage = stage.Name,
            Prompt = question.Prompt,
            Electorate = electorate,
            Needed = ApprovalDecision.Needed(rule, electorate),
            AskedAt = NowUtc,
            Deadline = rule.Timeout is { } timeout ? NowUtc + timeout : null,
        };
        approvals[open.ApprovalId] = (open, rule, new CancellationTokenSource());
        if (question.OfOwner) ownersQuestions.Add(open.ApprovalId);
        var whom = rule.Approvers.Count == 0 ? "anyone" : string.Join(", ", electorate);
        Move(RunTrigger.PeopleAsked, $"waiting for {open.Needed} of {whom}: {open.Prompt}");
        log.Write(RunLogKind.ApprovalAsked, $"{open.Prompt} (asked: {whom})", stage.Name, AttemptOf(stage.Name), data: open);
        NotifyPeople($"{input.RunId} asks {whom}: {open.Prompt}");
        if (open.Deadline is { } deadline) _ = ExpireAsync(open.ApprovalId, deadline);
        HoldWithoutOwner();
    }

    private async Task ExpireAsync(string approvalId, DateTimeOffset deadline)
    {
        try
        {
            await context.CreateTimer(deadline.UtcDateTime, approvals[approvalId].Decided.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (!approvals.ContainsKey(approvalId)) return;
        Decide(approvalId, ApprovalVerdict.TimedOut);
        Publish();
        changed.Changed();
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
            log.Write(RunLogKind.ApprovalDecided, $"{open.Name}: closed undecided, since its stage ended", open.Stage);
        }

        approvals.Clear();
        ownersQuestions.Clear();
    }

    private (OpenApproval Open, Approval Rule, CancellationTokenSource Decided)? Named(RunCommand command) =>
        command.ApprovalId is { } id ? (approvals.TryGetValue(id, out var named) ? named : null)
        : approvals.Count == 1 ? approvals.Values.First()
        : null;
}
