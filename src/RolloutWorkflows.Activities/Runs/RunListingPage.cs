namespace RolloutWorkflows.Activities;

/// <summary>Runs, newest first.</summary>
public sealed record RunListingPage
{
    public required IReadOnlyList<RunListing> Runs { get; init; }

    /// <summary>Hand it back for the next page; null: this is the last one. Opaque.</summary>
    public string? Continuation { get; init; }
}
