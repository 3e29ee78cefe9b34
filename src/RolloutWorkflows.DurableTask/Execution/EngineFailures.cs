namespace RolloutWorkflows.DurableTask.Execution;

/// <summary>Failures that the engine itself finds, with stable error types.</summary>
internal static class EngineFailures
{
    public static TaskFailureDetails OrchestratorNotFound(string name, string version) => Final(
        "OrchestratorTaskNotFound", $"No orchestrator named '{name}'{Suffix(version)} is registered with this worker. Add it with AddTasks.");

    public static TaskFailureDetails ActivityNotFound(string name, string version) => Final(
        "ActivityTaskNotFound", $"No activity named '{name}'{Suffix(version)} is registered with this worker. Add it with AddTasks.");

    public static TaskFailureDetails PoisonActivity(string name, int deliveries) => Final(
        "PoisonActivity", $"Activity '{name}' was delivered {deliveries} times and the process stopped each time before it ended. It is not tried again.");

    public static TaskFailureDetails ChildTerminated(string instanceId, string? output) => new(
        "SubOrchestrationTerminated", output ?? $"Orchestration '{instanceId}' was terminated.", null, null, null);

    public static TaskFailureDetails VersionMismatch(string mismatch) => Final("VersionMismatch", mismatch);

    private static TaskFailureDetails Final(string type, string message) => new(type, message, null, null, null) { IsNonRetriable = true };

    private static string Suffix(string version) => version.Length == 0 ? string.Empty : $" with version '{version}'";
}
