using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>Something the orchestrator wants done outside, numbered in the order of asking.</summary>
internal abstract record OrchestratorAction(int TaskId)
{
    /// <summary>The action in words, for messages.</summary>
    public abstract string Description { get; }

    /// <summary>How the history records it.</summary>
    public abstract HistoryEvent ToEvent();

    /// <summary>Whether a recorded event is this action. Inputs, versions and times may differ, kind and name may not.</summary>
    public abstract bool Matches(HistoryEvent recorded);
}
