using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Asks for one measurement of each guardrail that is due, and for a look at what the run set. Rows are stored outside history, keyed by run, stage, attempt, guardrail and grid time, so repeating it stores nothing twice.</summary>
public sealed record MeasureRequest
{
    public required string RunId { get; init; }

    public required string Playbook { get; init; }

    public required string Stage { get; init; }

    public required int Attempt { get; init; }

    public required int Epoch { get; init; }

    /// <summary>The grid point, in playbook time.</summary>
    public required DateTimeOffset GridTime { get; init; }

    public required IReadOnlyList<Guardrail> Guardrails { get; init; }

    /// <summary>The counters of a soak that are read beside them.</summary>
    public IReadOnlyList<DueCounter> Counters { get; init; } = [];

    /// <summary>True: what the run set is read back too.</summary>
    public bool ReadBack { get; init; }

    public IReadOnlyDictionary<string, Metric> Metrics { get; init; } = new Dictionary<string, Metric>();

    public Channels Channels { get; init; } = new();
}
