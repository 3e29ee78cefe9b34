using System.Security.Cryptography;

namespace RolloutWorkflows.Activities;

/// <summary>
/// A public key that signatures are held against: ECDSA on P-256, P-384 or P-521, or RSA of at least 2048 bits. Ed25519
/// is refused with a reason, since the base class library has no implementation of it.
/// </summary>
public sealed class SignerKey : IDisposable
{
    private const string Expected = "a public key in PEM (-----BEGIN PUBLIC KEY-----): ECDSA on P-256, P-384 or P-521, or RSA of at least 2048 bits";

    private readonly ECDsa? _curve;
    private readonly RSA? _rsa;

    private SignerKey(ECDsa? curve, RSA? rsa) => (_curve, _rsa) = (curve, rsa);

    /// <summary>The hashes that go with the key, the usual one first.</summary>
    internal IReadOnlyList<HashAlgorithmName> Hashes => _curve is { KeySize: > 256 } ? [HashAlgorithmName.SHA384, HashAlgorithmName.SHA256, HashAlgorithmName.SHA512] : [HashAlgorithmName.SHA256];

    /// <summary>Reads a key; where it is none that can be used, <paramref name="problem"/> says what was expected. Never repeats the text, which may be a private key.</summary>
    public static SignerKey? Read(string pem, out string? problem)
    {
        problem = null;
        if (pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            problem = $"expected {Expected}, got a private key, which has no place there";
            return null;
        }

        return ReadCurve(pem) ?? ReadRsa(pem) ?? NotUsable(out problem);
    }

    /// <summary>True where the signature is this key's over what has this hash.</summary>
    internal bool Signed(byte[] hash, HashAlgorithmName algorithm, byte[] signature)
    {
        if (_curve is not null) return _curve.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence);
        return _rsa!.VerifyHash(hash, signature, algorithm, RSASignaturePadding.Pkcs1) || _rsa.VerifyHash(hash, signature, algorithm, RSASignaturePadding.Pss);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _curve?.Dispose();
        _rsa?.Dispose();
    }

    private static SignerKey? ReadCurve(string pem)
    {
        var curve = ECDsa.Create();
        try
        {
            curve.ImportFromPem(pem);
            if (curve.ExportParameters(includePrivateParameters: false).Curve.Oid is { } oid && oid.Value is "1.2.840.10045.3.1.7" or "1.3.132.0.34" or "1.3.132.0.35") return new SignerKey(curve, null);
        }
        catch (Exception other) when (other is ArgumentException or CryptographicException)
        {
        }

        curve.Dispose();
        return null;
    }

    private static SignerKey? ReadRsa(string pem)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            if (rsa.KeySize >= 2048) return new SignerKey(null, rsa);
        }
        catch (Exception other) when (other is ArgumentException or CryptographicException)
        {
        }

        rsa.Dispose();
        return null;
    }

    private static SignerKey? NotUsable(out string problem)
    {
        problem = $"expected {Expected}, got something else (Ed25519 keys cannot be used here)";
        return null;
    }
}
