using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What a watch starts with, and goes on as new with.</summary>
public sealed record SoakInput
{
    public required string RunId { get; init; }

    public required string Playbook { get; init; }

    public required string Stage { get; init; }

    public required int Attempt { get; init; }

    public required int Epoch { get; init; }

    public required PlaybookClock Clock { get; init; }

    public required SoakLedger Ledger { get; init; }

    public IReadOnlyDictionary<string, Metric> Metrics { get; init; } = new Dictionary<string, Metric>();

    public Channels Channels { get; init; } = new();

    /// <summary>True where an approval is bound to evidence, so that the run must hear of every verdict that changes.</summary>
    public bool TellsVerdicts { get; init; }
}
