namespace RolloutWorkflows.Counterparts;

/// <summary>Whose token a request carries.</summary>
/// <param name="Account">Who stands as author.</param>
/// <param name="App">The App through which; null: none.</param>
internal sealed record FakeSigner(FakeAccount Account, FakeApp? App)
{
    /// <summary>True: the App itself, by its key.</summary>
    public bool IsApp { get; init; }

    public bool ReadOnly { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What a classic token may do; null: another kind.</summary>
    public string? Scopes { get; init; }

    /// <summary>Requests left; null: no limit.</summary>
    public FakeRateLimit? Limit { get; init; }
}
