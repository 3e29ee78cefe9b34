using System.Text.Json;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What a run that has ended keeps, so that it can still be rolled back.</summary>
public sealed record RunMemory
{
    /// <summary>Succeeded or Aborted.</summary>
    public required RunState State { get; init; }

    public required string Because { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The real moment at which the run started; its clock counts from there.</summary>
    public required DateTime Anchor { get; init; }

    public required int Epoch { get; init; }

    /// <summary>How often a watch was begun again, which its instance ids count.</summary>
    public int WatchRestarts { get; init; }

    /// <summary>The stage from which a rollback goes back.</summary>
    public required string Stage { get; init; }

    /// <summary>How many stages are promoted, in the order in which they run.</summary>
    public required int NextStage { get; init; }

    public required IReadOnlyList<StageStatus> Stages { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Outputs { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>();

    /// <summary>The newest version of each document.</summary>
    public IReadOnlyList<RunDocument> Documents { get; init; } = [];

    public IReadOnlyList<SurfaceStatus> Surfaces { get; init; } = [];

    public RollbackReport? Rollback { get; init; }

    /// <summary>The owner after a handover; null where the playbook's still counts.</summary>
    public string? HandedOverTo { get; init; }

    /// <summary>The run that has taken over from it; null where none did while it stood rolled back.</summary>
    public string? SupersededBy { get; init; }

    public bool OwnerConfirmed { get; init; }
}
