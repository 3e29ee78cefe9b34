using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Activities;

/// <summary>What a running activity knows of its call.</summary>
internal sealed class EngineActivityContext(ActivityRow call, Func<CancellationToken> cancellation) : TaskActivityContext, IDurableActivityFeature
{
    private string? _idempotencyKey;

    public override TaskName Name => call.Name;

    public override string InstanceId => call.Key.InstanceId;

    public override string Version => call.Version;

    public string IdempotencyKey => _idempotencyKey ??= $"{call.Key.InstanceId}/{call.Key.ExecutionId}/{call.Key.TaskId}";

    public int PreviousAttempts => call.Attempts;

    public CancellationToken CancellationToken => cancellation();

    public IReadOnlyDictionary<string, string> Tags => HistorySerializer.ReadTags(call.Tags);
}
