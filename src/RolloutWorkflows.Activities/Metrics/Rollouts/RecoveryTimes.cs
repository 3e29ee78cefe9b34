namespace RolloutWorkflows.Activities;

/// <summary>What one rollback took, in real time.</summary>
/// <param name="Detected">From the beginning of the fault to the breach; null where no guardrail saw it.</param>
/// <param name="Took">From the breach, or the command, to the last read-back.</param>
internal sealed record RecoveryTimes(TimeSpan? Detected, TimeSpan? Took);
