namespace RolloutWorkflows.Counterparts;

/// <summary>One thing that goes wrong.</summary>
internal sealed record FakeGitHubFault
{
    /// <summary>True: what was asked is done all the same.</summary>
    public bool Done { get; init; }

    /// <summary>True: the connection is cut in place of an answer.</summary>
    public bool Cut { get; init; }

    /// <summary>What is answered at this moment; null: as if nothing was wrong.</summary>
    public Func<DateTimeOffset, FakeGitHubAnswer>? Answer { get; init; }

    /// <summary>The answer waits for this.</summary>
    public Task? Delay { get; init; }
}
