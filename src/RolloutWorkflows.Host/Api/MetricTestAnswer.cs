using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>The answer of <c>POST /api/playbooks/{playbook}/metrics/{metric}/test</c>.</summary>
public sealed record MetricTestAnswer
{
    public required string Playbook { get; init; }

    public required string Metric { get; init; }

    /// <summary>The source's name in the host's configuration.</summary>
    public required string Source { get; init; }

    /// <summary>What the source is asked: the query, or the dotted path.</summary>
    public required string Query { get; init; }

    /// <summary>The same for the number of samples; null where the metric states none.</summary>
    public string? SamplesQuery { get; init; }

    public required MetricReadingKind Kind { get; init; }

    /// <summary>Null where there is none; may be NaN.</summary>
    public double? Value { get; init; }

    public double? Samples { get; init; }

    /// <summary>Why there is no value; empty where there is one.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What the source said beside the value.</summary>
    public string Note { get; init; } = "";

    public required TimeSpan Took { get; init; }

    /// <summary>What each guardrail on the metric says now.</summary>
    public IReadOnlyList<GuardrailTrial> Guardrails { get; init; } = [];
}
