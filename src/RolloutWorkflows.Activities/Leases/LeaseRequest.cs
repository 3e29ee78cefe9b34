namespace RolloutWorkflows.Activities;

/// <summary>Asks for leases of several targets at once.</summary>
public sealed record LeaseRequest
{
    public required string RunId { get; init; }

    public required string Playbook { get; init; }

    public required IReadOnlyCollection<string> Targets { get; init; }

    /// <summary>Now, on the real clock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Runs that are known to have ended: their leases stand in nobody's way any more.</summary>
    public IReadOnlyCollection<string> Ended { get; init; } = [];
}
