namespace RolloutWorkflows.Activities;

/// <summary>Who changes a target, why, and where the change stands in its run.</summary>
internal sealed record EffectSender
{
    public required string Actor { get; init; }

    public string? Reason { get; init; }

    public required FlagFence Fence { get; init; }

    public required string Stage { get; init; }

    public required int Attempt { get; init; }
}
