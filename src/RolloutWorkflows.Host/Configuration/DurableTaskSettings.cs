namespace RolloutWorkflows.Host;

/// <summary>The keys of <c>extensions.durableTask</c> that have a meaning on this server.</summary>
public sealed record DurableTaskSettings
{
    /// <summary>Names the task hub; each hub keeps its data in a folder of its own. Null: the data folder itself.</summary>
    public string? HubName { get; init; }

    /// <summary>Activities at once; null: the engine's default.</summary>
    public int? MaxConcurrentActivityFunctions { get; init; }

    /// <summary>Orchestration turns at once; null: the engine's default.</summary>
    public int? MaxConcurrentOrchestratorFunctions { get; init; }

    /// <summary>True keeps orchestrations in memory between turns, false replays them every time; null: the engine's default.</summary>
    public bool? ExtendedSessionsEnabled { get; init; }
}
