using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution;

/// <summary>Turns rows into what clients see.</summary>
internal static class Metadata
{
    /// <param name="row">The row.</param>
    /// <param name="converter">Reads payloads; <see langword="null"/> when they were not asked for, and are then left out.</param>
    public static OrchestrationMetadata Of(InstanceRow row, DataConverter? converter) => new(row.Name, row.InstanceId)
    {
        DataConverter = converter,
        RuntimeStatus = row.Status,
        CreatedAt = row.CreatedAt,
        LastUpdatedAt = row.UpdatedAt,
        SerializedInput = converter is null ? null : row.Input,
        SerializedOutput = converter is null ? null : row.Output,
        SerializedCustomStatus = converter is null ? null : row.CustomStatus,
        FailureDetails = converter is null ? null : HistorySerializer.ReadFailure(row.Failure),
        Tags = HistorySerializer.ReadTags(row.Tags),
        ParkedReason = row.ParkedReason,
        WaitSummary = row.WaitSummary,
        ParentInstanceId = row.Parent?.InstanceId,
        Version = row.Version,
    };
}
