using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>A rollback that was asked for and has not run yet.</summary>
internal sealed record PendingRollback(string Cause, string Actor, DateTimeOffset CausedAt, RollbackTarget? To, IReadOnlyList<string>? Notify = null);
