namespace RolloutWorkflows.Activities;

/// <summary>How a source is signed in to: where the secrets lie, never what they are.</summary>
public sealed record HttpCredentials
{
    /// <summary>Sent as <c>Authorization: Bearer …</c>.</summary>
    public SecretLocation? BearerToken { get; init; }

    /// <summary>With <see cref="Password"/>: sent as <c>Authorization: Basic …</c>.</summary>
    public string? UserName { get; init; }

    public SecretLocation? Password { get; init; }

    /// <summary>Headers whose values are secrets.</summary>
    public IReadOnlyDictionary<string, SecretLocation> Headers { get; init; } = new Dictionary<string, SecretLocation>();
}
