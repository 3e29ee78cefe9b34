using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Puts secrets into the headers of a playbook's request, at the moment at which it is sent, where the host grants the
/// playbook that secret for that destination. What it gives is sent and forgotten, never logged or stored. Thread-safe.
/// </summary>
internal sealed class SecretHeaders(ISecretSource secrets, Grants grants)
{
    /// <summary>The headers as they are sent, and what must not be seen of them.</summary>
    /// <exception cref="SecretException">A secret is not granted, or cannot be had; nothing was sent.</exception>
    public async Task<SentHeaders> ResolveAsync(string playbook, Uri destination, IReadOnlyDictionary<string, string> headers, CancellationToken cancellation)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var reference in headers.Values.SelectMany(ExpressionResolver.ReferencesIn))
        {
            if (reference.Kind != ReferenceKind.Secret || known.ContainsKey(reference.Name)) continue;
            if (grants.RefusalOfSecret(playbook, reference.Name, destination) is { } refusal) throw new SecretException(refusal);
            known[reference.Name] = await secrets.ReadAsync(reference.Name, cancellation);
        }

        return new SentHeaders(headers.ToDictionary(header => header.Key, header => ExpressionResolver.ResolveSecrets(header.Value, known)), [.. known.Values]);
    }
}
