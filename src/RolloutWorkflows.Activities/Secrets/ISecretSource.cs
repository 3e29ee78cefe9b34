namespace RolloutWorkflows.Activities;

/// <summary>
/// Gives activities the secrets that the host's configuration names, at the moment of use. Whoever asks never logs,
/// stores or answers with what it gets. Thread-safe.
/// </summary>
public interface ISecretSource
{
    /// <summary>The names, in order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The secret of that name.</summary>
    /// <exception cref="SecretException">There is none of that name, or it cannot be read; the message never holds a secret.</exception>
    ValueTask<string> ReadAsync(string name, CancellationToken cancellation = default);

    /// <summary>The secret that lies there.</summary>
    /// <exception cref="SecretException">It cannot be read; the message never holds a secret.</exception>
    ValueTask<string> ReadAsync(SecretLocation location, CancellationToken cancellation = default);
}
