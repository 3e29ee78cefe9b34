namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>The two kinds of work that an orchestrator calls and retries.</summary>
public enum Work
{
    Activity,
    SubOrchestration,
}
