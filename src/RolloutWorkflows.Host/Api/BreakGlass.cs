namespace RolloutWorkflows.Host;

/// <summary>Forces a change by hand of a flag that a run holds. Needs an admin; the run hears of it and holds.</summary>
public sealed record BreakGlass
{
    /// <summary>Why it cannot wait for the run; stands in the flag's audit and in the run's record.</summary>
    public string? Reason { get; init; }
}
