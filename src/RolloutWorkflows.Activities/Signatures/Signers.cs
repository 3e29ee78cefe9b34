using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>Holds signatures against the keys of the host's configuration. A key's file is read at each use, so that one that is replaced counts at once.</summary>
internal sealed class Signers(SignerOptions options) : ISigners
{
    private const int LongestKey = 64 * 1024;

    public bool Knows(string signer) => options.Files.ContainsKey(signer);

    public async Task<string?> RefusalAsync(string signer, Stream content, ReadOnlyMemory<byte> signature, CancellationToken cancellation)
    {
        if (!options.Files.TryGetValue(signer, out var file))
            return $"the signer '{signer}' is not configured; name the file of its public key as extensions.rollout.signers.{signer} in host.json";
        if (!File.Exists(file) || new FileInfo(file).Length > LongestKey) return $"the public key of signer '{signer}' cannot be read from {file}";
        using var key = SignerKey.Read(await File.ReadAllTextAsync(file, cancellation), out var problem);
        if (key is null) return $"the public key of signer '{signer}' cannot be used: {problem}";
        if (Decode(signature.Span) is not { } bytes) return "the signature is empty";
        foreach (var (algorithm, hash) in await HashAsync(content, key.Hashes, cancellation))
            if (Holds(key, hash, algorithm, bytes))
                return null;
        return $"the signature is not '{signer}''s over these bytes";
    }

    private static bool Holds(SignerKey key, byte[] hash, HashAlgorithmName algorithm, byte[] signature)
    {
        try
        {
            return key.Signed(hash, algorithm, signature);
        }
        catch (CryptographicException)
        {
            // Not even the shape of one.
            return false;
        }
    }

    private static async Task<IReadOnlyList<(HashAlgorithmName Algorithm, byte[] Hash)>> HashAsync(Stream content, IReadOnlyList<HashAlgorithmName> algorithms, CancellationToken cancellation)
    {
        var hashes = algorithms.Select(IncrementalHash.CreateHash).ToList();
        try
        {
            var buffer = new byte[128 * 1024];
            while (await content.ReadAsync(buffer, cancellation) is var read and > 0)
                foreach (var hash in hashes)
                    hash.AppendData(buffer, 0, read);
            return [.. hashes.Select(hash => (hash.AlgorithmName, hash.GetHashAndReset()))];
        }
        finally
        {
            foreach (var hash in hashes) hash.Dispose();
        }
    }

    // The first bytes of DER are in no Base64 text, and an RSA signature of such bytes only is not to be expected before the sun burns out.
    private static byte[]? Decode(ReadOnlySpan<byte> signature)
    {
        if (signature.IsEmpty) return null;
        if (!Base64.IsValid(signature, out var length) || length == 0) return signature.ToArray();
        return Convert.FromBase64String(Encoding.ASCII.GetString(signature));
    }
}
