using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Shows what a rollback would do, by the journal and the values as they stand. Changes and records nothing. Thread-safe.</summary>
public interface IRollbackPreview
{
    /// <summary>Every effect that would be undone, newest first. A value that cannot be read is shown as what would block.</summary>
    Task<IReadOnlyList<RestorationPreview>> ReadAsync(RollbackRequest request, CancellationToken cancellation = default);
}
