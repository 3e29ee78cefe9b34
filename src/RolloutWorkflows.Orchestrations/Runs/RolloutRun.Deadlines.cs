using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Until when people may answer. Those who have not answered are reminded at half and at nine tenths of the time; at nine tenths it
/// is escalated. All of it stands still while the stage's windows are closed.
/// </summary>
internal sealed partial class RolloutRun
{
    private const double FirstReminder = 0.5;
    private const double LastReminder = 0.9;

    private OpenApproval WithDeadline(Approval rule, StageWindows windows, OpenApproval open) => rule.Timeout is not { } timeout ? open : open with
    {
        Deadline = windows.RealDeadlineOf(NowUtc, timeout),
        OnTimeout = rule.OnTimeout,
        RemindsAt = [.. new[] { FirstReminder, LastReminder }.Select(share => windows.RealDeadlineOf(NowUtc, timeout * share)).OfType<DateTimeOffset>()],
        EscalatesTo = rule.EscalateTo.Count > 0 ? rule.EscalateTo : owner is { } answersForIt ? [answersForIt.Name] : [],
        StandsStill = windows.StandsStill(NowUtc),
    };

    /// <summary>Waits for the deadline, reminds before it, and says at each opening and closing of the windows whether the time to it runs.</summary>
    private async Task CountDownAsync(string approvalId, StageWindows windows)
    {
        while (approvals.TryGetValue(approvalId, out var entry))
        {
            var deadline = entry.Open.Deadline;
            if (deadline <= NowUtc) break;
            DateTimeOffset?[] wakes = [deadline, windows.NextChange(NowUtc, deadline ?? NowUtc.AddYears(1)), .. entry.Open.RemindsAt.Take(1)];
            if (wakes.Min() is not { } wake) return;
            try
            {
                await context.CreateTimer(wake.UtcDateTime, entry.Decided.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (approvals.TryGetValue(approvalId, out entry)) approvals[approvalId] = entry with { Open = entry.Open with { StandsStill = windows.StandsStill(NowUtc) } };
            if (deadline is null || deadline > NowUtc) RemindVoters(approvalId, windows);
            Publish();
        }

        if (!approvals.ContainsKey(approvalId)) return;
        Decide(approvalId, ApprovalVerdict.TimedOut);
        Publish();
        changed.Changed();
    }

    private void RemindVoters(string approvalId, StageWindows windows)
    {
        if (!approvals.TryGetValue(approvalId, out var entry) || entry.Open.RemindsAt.Count == 0 || entry.Open.RemindsAt[0] > NowUtc) return;
        var open = entry.Open with { RemindsAt = [.. entry.Open.RemindsAt.Where(at => at > NowUtc)] };
        var isLast = open.RemindsAt.Count == 0;
        if (isLast) open = open with { EscalatedAt = NowUtc };
        approvals[approvalId] = entry with { Open = open };

        var ends = open.Deadline is { } deadline ? $"it ends at {windows.Text(deadline)}, and then {Consequence(entry.Rule)}" : "it stays open";
        var silent = open.Electorate.Where(person => open.Votes.All(vote => vote.Person != person)).ToList();
        var text = $"{input.RunId} still waits for {open.Name} of {open.Stage}: {open.Prompt} {Count(open)}; {ends}.";
        TellBefore(RunLogKind.ApprovalReminded, silent, text, open);
        if (isLast && open.EscalatesTo.Count > 0) TellBefore(RunLogKind.ApprovalEscalated, open.EscalatesTo, $"{text} Silent so far: {(silent.Count == 0 ? "nobody" : string.Join(", ", silent))}.", open);
    }

    /// <summary>Stands in the record whether or not there is a channel, so that every projection of it can tell them.</summary>
    private void TellBefore(RunLogKind kind, IReadOnlyList<string> whom, string text, OpenApproval open)
    {
        var addressees = Addressees.Of(whom.Count > 0 ? whom : Operations, input.People, input.Playbook.Channels);
        log.Write(kind, $"{(addressees.Names.Length > 0 ? $"To {addressees.Names}: " : "")}{text}", open.Stage, AttemptOf(open.Stage), data: open);
        Send(addressees, text);
    }

    private static string Count(OpenApproval open) =>
        FormattableString.Invariant($"{open.Votes.Count(vote => vote.Approves)} of {open.Needed} have agreed");

    private static string Consequence(Approval rule) => (rule.OnTimeout == ApprovalFallback.Reject ? rule.OnReject : rule.OnTimeout) switch
    {
        ApprovalFallback.Rollback => rule.OnTimeout == ApprovalFallback.Reject ? "it counts as rejected, and the run rolls back" : "the run rolls back",
        _ => rule.OnTimeout == ApprovalFallback.Reject ? "it counts as rejected, and the run holds" : "the run holds",
    };
}
