namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>What an orchestration waits for.</summary>
internal enum OpenTaskKind
{
    Activity,
    Timer,
    SubOrchestration,
}
