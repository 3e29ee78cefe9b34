namespace RolloutWorkflows.Playbooks;

/// <summary>A question to people: who may answer, how many must agree, and what silence or a no leads to.</summary>
public sealed record Approval
{
    /// <summary>Unique in its stage; stated, or derived from its position.</summary>
    public required string Name { get; init; }

    /// <summary>Asked before the steps, or after the evidence exists (the default).</summary>
    public ApprovalTiming When { get; init; } = ApprovalTiming.After;

    public IReadOnlyList<Approver> Approvers { get; init; } = [];

    public ApprovalThreshold MinApprovals { get; init; } = ApprovalThreshold.One;

    /// <summary>True: whoever started the run has no vote.</summary>
    public bool PreventSelfApproval { get; init; } = true;

    /// <summary>Null: it may be answered at any time.</summary>
    public TimeSpan? Timeout { get; init; }

    public ApprovalFallback OnTimeout { get; init; } = ApprovalFallback.Hold;

    /// <summary>Persons, groups and channels that are told when nine tenths of the time-out have passed; empty: the playbook's owner.</summary>
    public IReadOnlyList<string> EscalateTo { get; init; } = [];

    /// <summary>Hold or rollback; default hold.</summary>
    public ApprovalFallback OnReject { get; init; } = ApprovalFallback.Hold;

    /// <summary>How long a given approval stays good; default 7 days.</summary>
    public TimeSpan ValidFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What it is bound to: when one of these changes, it is void.</summary>
    public IReadOnlyList<ApprovalBinding> BindTo { get; init; } = [ApprovalBinding.Playbook, ApprovalBinding.Inputs, ApprovalBinding.Effects];
}
