using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>A rollback that was asked for and has not run yet.</summary>
internal sealed record PendingRollback(string Cause, string Actor, DateTimeOffset CausedAt, RollbackTarget? To, IReadOnlyList<string>? Notify = null)
{
    /// <summary>From the beginning of the fault to the breach, in real time; null where no guardrail saw it.</summary>
    public TimeSpan? Detected { get; init; }

    /// <summary>The stage that it goes back from; null: the one that the run stands in.</summary>
    public Stage? From { get; init; }
}
