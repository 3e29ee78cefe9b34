using System.Text.Json.Serialization;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>What one run answered to a command to every run.</summary>
public sealed record OneRunAnswer
{
    public required string RunId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool Accepted { get; init; }

    /// <summary>Where the run stands now: one that refused may be held already, or on its way back.</summary>
    public required RunState State { get; init; }

    /// <summary>The run's own words.</summary>
    public required string Message { get; init; }
}
