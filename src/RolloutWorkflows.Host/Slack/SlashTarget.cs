using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Which run a slash command means.</summary>
/// <param name="Run">The run; null: it cannot be told.</param>
/// <param name="Rest">What is left of the text after the run's id.</param>
/// <param name="Problem">Why it cannot be told, in Slack's markup.</param>
internal sealed record SlashTarget(RunStatus? Run, string Rest, string? Problem = null);
