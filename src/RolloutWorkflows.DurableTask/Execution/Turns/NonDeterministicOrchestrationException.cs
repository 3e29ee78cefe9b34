namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>The orchestrator asks for something else than its history records.</summary>
internal sealed class NonDeterministicOrchestrationException(int eventNumber, string recorded, string? replayed) : Exception(
    $"Non-deterministic orchestrator: event {eventNumber} of the history records {recorded}, but on replay the code asks for "
    + $"{replayed ?? "nothing at that point"}. Most likely the orchestrator's code changed while the instance was under way, or it "
    + "decides on something that is not in its history (clock, random number, environment, static state). Run the code that "
    + "recorded the history, or keep the old path for instances of the old version, and then resume the instance; or terminate it.");
