namespace RolloutWorkflows.Orchestrations;

/// <summary>Where in a run a step stands.</summary>
/// <param name="Stage">The stage, or <c>finally</c>.</param>
/// <param name="Attempt">The stage's attempt.</param>
/// <param name="Epoch">The run's epoch.</param>
/// <param name="Part"><c>preflight</c>, <c>ready</c>, <c>steps</c>, <c>criteria</c> or <c>finally</c>.</param>
internal sealed record StepPlace(string Stage, int Attempt, int Epoch, string Part)
{
    /// <summary>When the attempt opened, in real time; null where the step stands in none.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When the attempt before was rolled back, in real time; null where none was.</summary>
    public DateTimeOffset? RolledBackAt { get; init; }
}
