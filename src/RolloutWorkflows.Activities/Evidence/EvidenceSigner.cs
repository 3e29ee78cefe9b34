using System.Security.Cryptography;

namespace RolloutWorkflows.Activities;

/// <summary>Signs documents with the host's key, where it has one. Thread-safe.</summary>
public sealed class EvidenceSigner(EvidenceOptions options, ISecretSource secrets)
{
    /// <summary>The signature in base64, DER as <c>openssl dgst -sha256 -verify</c> takes it; null where the host has no key.</summary>
    /// <exception cref="SecretException">The key cannot be had, or is none.</exception>
    public async Task<string?> SignAsync(byte[] content, CancellationToken cancellation)
    {
        if (options.SigningKey is not { } location) return null;
        using var key = ECDsa.Create();
        var pem = await secrets.ReadAsync(location with { Multiline = true }, cancellation);
        try
        {
            key.ImportFromPem(pem);
            return Convert.ToBase64String(key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }
        catch (Exception unusable) when (unusable is ArgumentException or CryptographicException)
        {
            throw new SecretException($"the secret '{location.Name}' cannot be used: it is no private ECDSA key in PEM");
        }
    }
}
