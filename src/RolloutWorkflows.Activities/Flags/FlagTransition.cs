namespace RolloutWorkflows.Activities;

/// <summary>
/// The rule by which every flag store decides on a change, so that stores differ only in where they keep things. Pure.
/// </summary>
public static class FlagTransition
{
    /// <summary>Decides on a change.</summary>
    /// <param name="change">What is asked.</param>
    /// <param name="present">The flag as it stands; null where there is none.</param>
    /// <param name="seen">The highest fence that this flag has seen from the change's run; null where none.</param>
    /// <param name="now">The real time.</param>
    public static FlagChangeResult Decide(FlagChange change, FlagState? present, FlagFence? seen, DateTimeOffset now)
    {
        if (change.Fence is { } fence && seen is not null && fence.IsOlderThan(seen))
            return new() { Outcome = FlagChangeOutcome.Refused, Before = present, After = present, RefusedBy = seen };

        var wanted = change.Apply(present);
        wanted = wanted with { Name = change.Flag, Canary = FlagCanary.Of(wanted.Canary.Enabled, wanted.Canary.Users) };
        if (!double.IsFinite(wanted.Percent) || wanted.Percent is < 0 or > 100)
            throw new ArgumentException(FormattableString.Invariant($"flag '{change.Flag}' cannot be rolled out to {wanted.Percent} %; expected 0 to 100"), nameof(change));
        if (present is not null && present.DecidesLike(wanted))
            return new() { Outcome = FlagChangeOutcome.Unchanged, Before = present, After = present };

        var after = wanted with { Version = (present?.Version ?? 0) + 1, UpdatedBy = change.Actor, UpdatedAt = now };
        return new() { Outcome = FlagChangeOutcome.Changed, Before = present, After = after };
    }

    /// <summary>The audit line of a decided change.</summary>
    public static FlagAuditEntry Audit(long number, FlagChange change, FlagChangeResult result, DateTimeOffset now) => new()
    {
        Number = number,
        Flag = change.Flag,
        Outcome = result.Outcome,
        Actor = change.Actor,
        Reason = change.Reason,
        Fence = change.Fence,
        Stage = change.Stage,
        Attempt = change.Attempt,
        Before = result.Before,
        After = result.After,
        At = now,
    };
}
