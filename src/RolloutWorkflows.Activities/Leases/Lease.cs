namespace RolloutWorkflows.Activities;

/// <summary>A run's exclusive right to change a target.</summary>
public sealed record Lease
{
    /// <summary>What only this run may change, such as <c>flag:intent_bar_v1_rollout</c>.</summary>
    public required string Target { get; init; }

    public required string RunId { get; init; }

    /// <summary>The playbook of the run that took it.</summary>
    public required string Playbook { get; init; }

    /// <summary>When the run took it, on the real clock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Who holds what since when, for people.</summary>
    public override string ToString() => FormattableString.Invariant($"{Target} is leased by run {RunId} ({Playbook}, since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC)");
}
