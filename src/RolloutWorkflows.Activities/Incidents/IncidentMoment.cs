using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What an incident tells of the moment at which it was opened.</summary>
internal sealed record IncidentMoment
{
    public required IncidentOpenStep Step { get; init; }

    public required StepRequest Request { get; init; }

    /// <summary>The same however often this opening is tried.</summary>
    public required string MessageId { get; init; }

    /// <summary>In real time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The last measurement of each guardrail, by name.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>The run's release issue, <c>owner/name#12</c>; null: none.</summary>
    public string? ReleaseIssue { get; init; }
}
