namespace RolloutWorkflows.Orchestrations;

/// <summary>How a run ended, as it stands in its record's last line.</summary>
/// <param name="State"><see cref="RunState.Succeeded"/> or <see cref="RunState.Aborted"/>.</param>
public sealed record RunEnd(RunState State);
