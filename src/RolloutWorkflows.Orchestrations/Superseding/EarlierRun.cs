using System.Text.Json;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What is known of a run that another one is to take over from.</summary>
public sealed record EarlierRun
{
    public required string RunId { get; init; }

    /// <summary>The name of its playbook.</summary>
    public required string Playbook { get; init; }

    public required RunState State { get; init; }

    /// <summary>Why the engine ended or parked it; null where it did not.</summary>
    public string? Failure { get; init; }

    public required IReadOnlyList<StageStatus> Stages { get; init; }

    /// <summary>Stages that a still earlier run had rolled back and this one has not promoted.</summary>
    public IReadOnlyList<string> RolledBack { get; init; } = [];

    /// <summary>What the steps of each stage put out, by stage and step, also of stages that it took over itself.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>>> Outputs { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>>>();
}
