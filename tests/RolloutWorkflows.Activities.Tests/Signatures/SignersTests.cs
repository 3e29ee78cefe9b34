using System.Security.Cryptography;
using System.Text;

namespace RolloutWorkflows.Activities.Tests;

public sealed class SignersTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("release 1.4.0\n");

    private readonly string _root = Directory.CreateTempSubdirectory("signers-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public static TheoryData<string, string, bool> Keys => new()
    {
        { "P-256", "SHA256", false },
        { "P-256", "SHA256", true },
        { "P-384", "SHA384", true },
        { "P-384", "SHA256", false },
        { "RSA", "SHA256", true },
        { "RSA", "SHA256", false },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Refusal_SignatureOfTheNamedSigner_IsNone(string kind, string hash, bool base64)
    {
        var (signature, pem) = Sign(kind, new HashAlgorithmName(hash));

        Assert.Null(await RefusalAsync(pem, base64 ? Encoding.ASCII.GetBytes(Convert.ToBase64String(signature) + "\n") : signature, Content));
    }

    [Theory]
    [InlineData("P-256")]
    [InlineData("RSA")]
    public async Task Refusal_OneByteOfTheContentChanged_NamesTheSigner(string kind)
    {
        var (signature, pem) = Sign(kind, HashAlgorithmName.SHA256);
        var changed = Content.ToArray();
        changed[^2] ^= 1;

        Assert.Equal("the signature is not 'release''s over these bytes", await RefusalAsync(pem, signature, changed));
    }

    [Fact]
    public async Task Refusal_SignatureOfAnotherKey_IsRefused()
    {
        var (signature, _) = Sign("P-256", HashAlgorithmName.SHA256);
        var (_, other) = Sign("P-256", HashAlgorithmName.SHA256);

        Assert.Equal("the signature is not 'release''s over these bytes", await RefusalAsync(other, signature, Content));
    }

    [Theory]
    [InlineData("", "the signature is empty")]
    [InlineData("no signature at all!", "the signature is not 'release''s over these bytes")]
    [InlineData("c2hvcnQ=", "the signature is not 'release''s over these bytes")]
    public async Task Refusal_NoSignature_IsRefused(string signature, string refusal) =>
        Assert.Equal(refusal, await RefusalAsync(Sign("P-256", HashAlgorithmName.SHA256).Pem, Encoding.UTF8.GetBytes(signature), Content));

    [Fact]
    public async Task Refusal_UnknownSigner_SaysWhatToConfigure()
    {
        using var stream = new MemoryStream(Content);

        Assert.Equal(
            "the signer 'mallory' is not configured; name the file of its public key as extensions.rollout.signers.mallory in host.json",
            await new Signers(new SignerOptions()).RefusalAsync("mallory", stream, "AAAA"u8.ToArray(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Read_KeysThatCannotBeUsed_AreRefusedWithoutShowingThem()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var small = RSA.Create(1024);
        // A public key of Ed25519, as openssl writes it.
        const string Ed25519 = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";

        foreach (var (pem, got) in new[] { (curve.ExportPkcs8PrivateKeyPem(), "got a private key"), (small.ExportSubjectPublicKeyInfoPem(), "got something else"), (Ed25519, "Ed25519 keys cannot be used here"), ("hello", "got something else") })
        {
            Assert.Null(SignerKey.Read(pem, out var problem));
            Assert.Contains(got, problem, StringComparison.Ordinal);
            Assert.DoesNotContain(pem, problem, StringComparison.Ordinal);
        }
    }

    private async Task<string?> RefusalAsync(string pem, byte[] signature, byte[] content)
    {
        var file = Path.Combine(_root, "release.pub");
        await File.WriteAllTextAsync(file, pem, TestContext.Current.CancellationToken);
        using var stream = new MemoryStream(content);
        return await new Signers(new SignerOptions { Files = new Dictionary<string, string> { ["release"] = file } }).RefusalAsync("release", stream, signature, TestContext.Current.CancellationToken);
    }

    private static (byte[] Signature, string Pem) Sign(string kind, HashAlgorithmName hash)
    {
        if (kind == "RSA")
        {
            using var rsa = RSA.Create(2048);
            return (rsa.SignData(Content, hash, RSASignaturePadding.Pkcs1), rsa.ExportSubjectPublicKeyInfoPem());
        }

        using var curve = ECDsa.Create(kind == "P-256" ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384);
        return (curve.SignData(Content, hash, DSASignatureFormat.Rfc3279DerSequence), curve.ExportSubjectPublicKeyInfoPem());
    }
}
