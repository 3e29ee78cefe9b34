using RolloutWorkflows.DurableTask.Execution.Turns;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <summary>Finds the orchestrator for an instance and makes its execution.</summary>
internal sealed class ExecutionFactory(
    DurableTaskRegistry registry, IServiceProvider services, DurableTaskWorkerOptions.VersioningOptions? versioning, ExecutionSettings settings)
{
    /// <summary>Makes the execution, or tells why the instance must fail or be parked.</summary>
    public Made Make(InstanceRow row)
    {
        if (FindMismatch(row.Version) is { } mismatch)
        {
            return versioning!.FailureStrategy == DurableTaskWorkerOptions.VersionFailureStrategy.Fail
                ? new(null, EngineFailures.VersionMismatch(mismatch), null)
                : new(null, null, $"{mismatch} Run a worker of a matching version and resume the instance.");
        }

        return registry.FindOrchestrator(row.Name, row.Version) is not { } create
            ? new(null, EngineFailures.OrchestratorNotFound(row.Name, row.Version), null)
            : new(new OrchestrationExecution(OrchestrationIdentity.Of(row), create(services), settings), null, null);
    }

    private string? FindMismatch(string version)
    {
        if (versioning is null || versioning.MatchStrategy == DurableTaskWorkerOptions.VersionMatchStrategy.None)
            return null;
        int comparison = TaskOrchestrationVersioningUtils.CompareVersions(version, versioning.Version);
        bool matches = versioning.MatchStrategy == DurableTaskWorkerOptions.VersionMatchStrategy.Strict ? comparison == 0 : comparison <= 0;
        return matches
            ? null
            : $"The instance has version '{version}', which does not match the worker's version '{versioning.Version}' ({versioning.MatchStrategy}).";
    }

    /// <summary>One of an execution, a failure to end the instance with, or a reason to park it.</summary>
    internal sealed record Made(OrchestrationExecution? Execution, TaskFailureDetails? Failure, string? ParkReason);
}
