using System.Text.Json.Serialization;

namespace RolloutWorkflows.Host;

/// <summary>A key as the server knows it: never the key itself, only its hash.</summary>
public sealed record StoredKey
{
    /// <summary>Names the key in lists and commands; says nothing about the key.</summary>
    public required string Id { get; init; }

    /// <summary>The person's id as in <c>people.yaml</c>, or the service's name.</summary>
    public required string Owner { get; init; }

    /// <summary>True for a key of a program.</summary>
    public bool IsService { get; init; }

    public required KeyRole Role { get; init; }

    /// <summary>SHA-256 of the key, in lower-case hex.</summary>
    public required string Hash { get; init; }

    /// <summary>The key's last characters, so that its holder recognises it.</summary>
    public required string Ending { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From this moment on it opens nothing; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Since when it opens nothing; null: it was not revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    [JsonIgnore]
    internal KeyOwner Holder => new(Owner, IsService);

    /// <summary>True where the key opens what its role allows at this moment.</summary>
    public bool IsValidAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is not { } expiry || now < expiry);
}
