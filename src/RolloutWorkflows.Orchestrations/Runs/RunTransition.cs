namespace RolloutWorkflows.Orchestrations;

/// <summary>One row of the transition table.</summary>
/// <param name="From">The state in which the trigger counts.</param>
/// <param name="Trigger">What happens.</param>
/// <param name="To">The state that follows; null: the state in which the run was held.</param>
public sealed record RunTransition(RunState From, RunTrigger Trigger, RunState? To);
