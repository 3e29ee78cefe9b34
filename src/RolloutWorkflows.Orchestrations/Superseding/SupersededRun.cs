using System.Text.Json;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The earlier run that a run takes over from, and what it takes over; pinned at the start.</summary>
public sealed record SupersededRun
{
    public required string RunId { get; init; }

    /// <summary>The first stage that the new run carries out itself.</summary>
    public required string FromStage { get; init; }

    /// <summary>Stages that the earlier run had rolled back: their <c>retry</c> approval is asked here too.</summary>
    public IReadOnlyList<string> RolledBack { get; init; } = [];

    /// <summary>Outputs of the stages before, as far as later steps refer to them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Outputs { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>();

    /// <summary>Baselines that the stages before captured and that are still compared with.</summary>
    public IReadOnlyList<TakenCapture> Captures { get; init; } = [];
}
