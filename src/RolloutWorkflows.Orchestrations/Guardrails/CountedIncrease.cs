namespace RolloutWorkflows.Orchestrations;

/// <summary>How far a counter of a soak has come.</summary>
public sealed record CountedIncrease
{
    public required string Metric { get; init; }

    /// <summary>By how much it must rise.</summary>
    public required double Needed { get; init; }

    /// <summary>By how much it rose so far, of what counts.</summary>
    public double Counted { get; init; }

    /// <summary>By how much it rose while that did not count.</summary>
    public double Lost { get; init; }

    /// <summary>The value that it counts from; null until it was read.</summary>
    public double? Start { get; init; }

    /// <summary>The value read last.</summary>
    public double? Value { get; init; }

    /// <summary>Why it does not count now: it cannot be read, or it fell; null where nothing is wrong.</summary>
    public string? Problem { get; init; }
}
