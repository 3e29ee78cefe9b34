namespace RolloutWorkflows.Orchestrations;

/// <summary>Which lane of the outbox an orchestration takes out.</summary>
public sealed record OutboxLaneInput
{
    public required string RunId { get; init; }

    /// <summary>A channel's name, or <c>webhook:NAME</c>.</summary>
    public required string Lane { get; init; }

    /// <summary>How often the lane was opened, from 1. An orchestration of an earlier opening does nothing any more.</summary>
    public int Opening { get; init; } = 1;

    /// <summary>The marks whose waiters have been told since the last call, by their message ids.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    /// <summary>How often in a row the delivery itself broke.</summary>
    public int Broken { get; init; }
}
