using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>A run as its record shows it.</summary>
public sealed record RunListing
{
    public required string RunId { get; init; }

    /// <summary>The first line.</summary>
    public required RunLogEntry First { get; init; }

    /// <summary>The latest line.</summary>
    public required RunLogEntry Last { get; init; }
}
