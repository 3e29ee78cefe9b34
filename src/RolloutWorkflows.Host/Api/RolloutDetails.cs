using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>The answer of <c>GET /api/rollouts/{id}</c>.</summary>
public sealed record RolloutDetails
{
    public required RunStatus Run { get; init; }

    /// <summary>The open stage's soak, as of its last tick; null where none is watched.</summary>
    public SoakStatus? Soak { get; init; }

    /// <summary>The soaks of stages that are watched on beside later ones.</summary>
    public IReadOnlyList<SoakStatus> Watched { get; init; } = [];

    /// <summary>The run's record, oldest first.</summary>
    public required IReadOnlyList<RunLogEntry> Timeline { get; init; }

    /// <summary>What could not be shown outside and waits for an operator; empty where nothing does.</summary>
    public IReadOnlyList<OutboxItem> Parked { get; init; } = [];

    /// <summary>Give it as <c>?after=</c> to get only what the record has gained since.</summary>
    public long Position { get; init; }

    /// <summary>How the engine sees the run: <c>Running</c>, <c>Completed</c>, <c>Failed</c> ….</summary>
    public required string Orchestration { get; init; }

    /// <summary>Why the engine ended or parked the run; null where it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>The server's clock when it answered.</summary>
    public required DateTimeOffset Now { get; init; }
}
