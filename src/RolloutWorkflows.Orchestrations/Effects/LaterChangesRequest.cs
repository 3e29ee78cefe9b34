namespace RolloutWorkflows.Orchestrations;

/// <summary>Asks whether a run that has ended may still take back what it changed.</summary>
public sealed record LaterChangesRequest
{
    public required string RunId { get; init; }

    public required string Playbook { get; init; }
}
