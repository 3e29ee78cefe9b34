namespace RolloutWorkflows.Orchestrations;

/// <summary>An effect of a run that is still in force.</summary>
/// <param name="Target">What it changed, such as <c>flag:intent_bar_v1_rollout</c>.</param>
/// <param name="Stage">The stage whose step did.</param>
public sealed record StandingEffect(string Target, string Stage);
