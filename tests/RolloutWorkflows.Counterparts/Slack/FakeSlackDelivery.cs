namespace RolloutWorkflows.Counterparts;

/// <summary>How Slack sends something to the app; by default as it should.</summary>
public sealed record FakeSlackDelivery
{
    /// <summary>Where to; null: through the open socket.</summary>
    public Uri? To { get; init; }

    /// <summary>The time that is stated and signed; null: now.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The secret it is signed with; null: the app's.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>The whole header in place of the signature; empty: it is left out.</summary>
    public string? Signature { get; init; }

    /// <summary>The number of the retry; null: the first try.</summary>
    public int? RetryNum { get; init; }

    /// <summary>Whose workspace it comes from; null: the app's own.</summary>
    public string? Team { get; init; }

    /// <summary>Applied to the body after it was signed, such as by somebody in between.</summary>
    public Func<string, string>? Tamper { get; init; }

    /// <summary>The address at which answers are taken, in place of the fake's own.</summary>
    public Uri? ResponseUrl { get; init; }
}
