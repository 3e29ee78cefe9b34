namespace RolloutWorkflows.DurableTask.Worker;

/// <summary>How an instance's state comes to be when a turn begins.</summary>
public enum ReplayMode
{
    /// <summary>Kept in memory between turns while there is room, and rebuilt by replay otherwise.</summary>
    Sticky,

    /// <summary>Rebuilt by replay before every turn. Slow; shows at once whether an orchestrator is deterministic.</summary>
    Always,
}
