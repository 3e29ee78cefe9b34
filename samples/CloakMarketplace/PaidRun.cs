namespace CloakMarketplace;

/// <summary>A run of an agent that somebody asked for, and what came of it.</summary>
internal sealed record PaidRun
{
    public required string RunId { get; init; }

    public required string Agent { get; init; }

    public required string Wallet { get; init; }

    public required string Surface { get; init; }

    /// <summary>In millionths of a dollar; 0 for agents that cost nothing.</summary>
    public required long Paid { get; init; }

    /// <summary>The settlement on chain; null where nothing was paid.</summary>
    public string? Transaction { get; init; }

    /// <summary>What the evidence says was paid. Anything else than <see cref="Paid"/> is a mismatch.</summary>
    public required long PaidByEvidence { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>The answer to somebody who asked for a run.</summary>
/// <param name="Status">The status over HTTP: 200, 402 where payment is wanted or failed, 404 where there is no such agent, 422 where the key is another request's, 502 where the agent failed.</param>
/// <param name="Run">The run, where there is one.</param>
/// <param name="Problem">What is wrong, where something is.</param>
internal sealed record RunAnswer(int Status, PaidRun? Run, string? Problem = null);
