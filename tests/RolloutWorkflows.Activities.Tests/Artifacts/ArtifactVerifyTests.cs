using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>artifact/verify</c> on real files and real signatures.</summary>
public sealed class ArtifactVerifyTests : IDisposable
{
    private const string Revision = "8f1c0d9a4b7e6f5d3c2b1a0918273645f0e1d2c3";

    private readonly string _root = Directory.CreateTempSubdirectory("artifact-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly StepRig _rig;
    private readonly string _digest;

    public ArtifactVerifyTests()
    {
        Directory.CreateDirectory(Path.Combine(_root, "files"));
        File.WriteAllText(Path.Combine(_root, "release.pub"), _key.ExportSubjectPublicKeyInfoPem());
        _rig = new StepRig(services => services
            .AddSingleton(new PlaybookFileOptions { Root = Path.Combine(_root, "files") })
            .AddSingleton(new SignerOptions { Files = new Dictionary<string, string> { ["release"] = Path.Combine(_root, "release.pub") } }));
        var artifact = Write("node.bin", "a node, version 1.4.0");
        _digest = Convert.ToHexStringLower(SHA256.HashData(artifact));
        Write("node.bin.sig", Convert.ToBase64String(_key.SignData(artifact, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        Write("node.intoto.jsonl", Envelope(_key, Provenance()));
        Write("sbom.intoto.json", Envelope(_key, Statement("https://cyclonedx.org/bom", new { bomFormat = "CycloneDX", specVersion = "1.6", components = Array.Empty<object>() })));
    }

    public void Dispose()
    {
        _rig.Dispose();
        _key.Dispose();
        _stranger.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Verify_EverythingHolds_PassesAndSaysWhat()
    {
        var result = await VerifyAsync(Full());

        Assert.Equal((StepVerdict.Passed, $"node.bin is sound: sha256 {_digest}, signed by release, built from {Revision}, with an SBOM (CycloneDX 1.6)."), (result.Verdict, result.Message));
        Assert.Equal((_digest, Revision, "https://ci.example.com/builder"), (Output(result, "digest"), Output(result, "revision"), Output(result, "builder")));
    }

    [Theory]
    [InlineData("SPDX-2.3", "SPDX 2.3")]
    public async Task Verify_SbomInSpdx_Counts(string version, string format)
    {
        Write("sbom.intoto.json", Envelope(_key, Statement("https://spdx.dev/Document/v2.3", new { spdxVersion = version, SPDXID = "SPDXRef-DOCUMENT" })));

        Assert.Contains($"with an SBOM ({format})", (await VerifyAsync(Full())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_PlainSbomWhoseDigestTheProvenanceAttests_Counts()
    {
        var sbom = Write("bom.json", """{ "bomFormat": "CycloneDX", "specVersion": "1.5" }""");
        Write("node.intoto.jsonl", Envelope(_key, Provenance(sbom: Convert.ToHexStringLower(SHA256.HashData(sbom)))));

        Assert.Equal(StepVerdict.Passed, (await VerifyAsync(Full() with { Sbom = "bom.json" })).Verdict);

        Write("bom.json", """{ "bomFormat": "CycloneDX", "specVersion": "1.5", "components": [] }""");
        Assert.Contains("the SBOM bom.json is not attested: it is about another thing", (await VerifyAsync(Full() with { Sbom = "bom.json" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AttestationsInOneFileOrABundle_AreFound()
    {
        var sbom = await File.ReadAllTextAsync(PathOf("sbom.intoto.json"), TestContext.Current.CancellationToken);
        Write("all.jsonl", $"{sbom}\n{await File.ReadAllTextAsync(PathOf("node.intoto.jsonl"), TestContext.Current.CancellationToken)}\n");
        Write("bundle.json", $$"""{ "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "dsseEnvelope": {{sbom}} }""");

        Assert.Equal(StepVerdict.Passed, (await VerifyAsync(Full() with { Provenance = "all.jsonl", Sbom = "bundle.json" })).Verdict);
    }

    [Fact]
    public async Task Verify_OneByteOfTheArtifactChanged_FailsOnEveryCount()
    {
        Write("node.bin", "a node, version 1.4.1");

        var result = await VerifyAsync(Full() with { Digest = _digest });

        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.Contains($"expected sha256 {_digest}, got ", result.Message, StringComparison.Ordinal);
        Assert.Contains("the signature is not 'release''s over these bytes", result.Message, StringComparison.Ordinal);
        Assert.Contains("no provenance (https://slsa.dev/provenance/v1) holds in node.intoto.jsonl: it is about another thing", result.Message, StringComparison.Ordinal);
        Assert.Contains("no SBOM attestation (CycloneDX or SPDX) holds in sbom.intoto.json: it is about another thing", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_SignedByAStranger_Fails()
    {
        Write("node.bin.sig", _stranger.SignData(await File.ReadAllBytesAsync(PathOf("node.bin"), TestContext.Current.CancellationToken), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        Assert.Equal((StepVerdict.Failed, "node.bin cannot be trusted: the signature is not 'release''s over these bytes."), await VerdictAsync(new With { Artifact = "node.bin", SignedBy = "release" }));

        Write("node.intoto.jsonl", Envelope(_stranger, Provenance()));
        Assert.Contains("no provenance (https://slsa.dev/provenance/v1) holds in node.intoto.jsonl: the signature is not 'release''s over these bytes", (await VerifyAsync(Full())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000", null, null, "expected to be built from the tested revision 0000000000000000000000000000000000000000, got 8f1c0d9a4b7e6f5d3c2b1a0918273645f0e1d2c3")]
    [InlineData(Revision, "git+https://github.com/mallory/node", null, "expected provenance from git+https://github.com/mallory/node, got git+https://github.com/chain/node")]
    [InlineData(Revision, "git+https://github.com/chain/node", "https://laptop", "expected builder https://laptop, got https://ci.example.com/builder")]
    public async Task Verify_BuiltFromSomethingElse_Fails(string revision, string? source, string? builder, string reason) =>
        Assert.Equal((StepVerdict.Failed, $"node.bin cannot be trusted: {reason}."), await VerdictAsync(Full() with { Revision = revision, Source = source, Builder = builder }));

    [Theory]
    [InlineData("https://slsa.dev/provenance/v0.2", "it is a https://slsa.dev/provenance/v0.2")]
    [InlineData("https://cyclonedx.org/bom", "it is a https://cyclonedx.org/bom")]
    public async Task Verify_ProvenanceOfAnotherKind_Fails(string predicateType, string reason)
    {
        Write("node.intoto.jsonl", Envelope(_key, Statement(predicateType, new { })));

        Assert.Contains($"no provenance (https://slsa.dev/provenance/v1) holds in node.intoto.jsonl: {reason}", (await VerifyAsync(Full())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_SbomWithoutAnSbomInIt_Fails()
    {
        Write("sbom.intoto.json", Envelope(_key, Statement("https://cyclonedx.org/bom", new { })));

        Assert.Contains("no SBOM attestation (CycloneDX or SPDX) holds in sbom.intoto.json: it is a https://cyclonedx.org/bom", (await VerifyAsync(Full())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_PayloadTypeOfAnEnvelopeChanged_Fails()
    {
        Write("node.intoto.jsonl", Envelope(_key, Provenance()).Replace("vnd.in-toto+json", "octet-stream", StringComparison.Ordinal));

        Assert.Contains("it holds 'application/octet-stream', no in-toto statement", (await VerifyAsync(Full())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "artifact": "node.bin" }""", "artifact/verify has nothing to hold the artifact against: state with.digest or with.signedBy.")]
    [InlineData("""{ "signedBy": "release" }""", "artifact/verify needs exactly one of with.artifact and with.url.")]
    [InlineData("""{ "artifact": "node.bin", "digest": "abc" }""", "with.digest: expected the 64 hexadecimal digits of a SHA-256, got 'abc'.")]
    [InlineData("""{ "artifact": "node.bin", "signedBy": "release", "revision": "x" }""", "The revision and the builder are in the provenance: state with.provenance.")]
    [InlineData("""{ "artifact": "node.bin", "signedBy": "release", "signature": "none.sig" }""", "File none.sig does not exist in")]
    [InlineData("""{ "artifact": "../release.pub", "signedBy": "release" }""", "'../release.pub' is no path of a file")]
    public async Task Verify_ThatCannotBeAnswered_IsErrored(string with, string message)
    {
        var result = await _rig.StepAsync("artifact/verify", JsonDocument.Parse(with).RootElement);

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.StartsWith(message, result.Message, StringComparison.Ordinal);
    }

    private static With Full() => new() { Artifact = "node.bin", SignedBy = "release", Revision = Revision, Provenance = "node.intoto.jsonl", Sbom = "sbom.intoto.json" };

    private object Provenance(string? sbom = null) => Statement(
        "https://slsa.dev/provenance/v1",
        new
        {
            buildDefinition = new
            {
                buildType = "https://ci.example.com/build/v1",
                externalParameters = new { },
                resolvedDependencies = new object[] { new { uri = "git+https://github.com/chain/node@refs/heads/main", digest = new { gitCommit = Revision } } },
            },
            runDetails = new { builder = new { id = "https://ci.example.com/builder" } },
        },
        sbom);

    private object Statement(string predicateType, object predicate, string? alsoAbout = null) => new
    {
        _type = "https://in-toto.io/Statement/v1",
        subject = new[] { _digest, alsoAbout }.OfType<string>().Select(digest => new { name = "node.bin", digest = new { sha256 = digest } }),
        predicateType,
        predicate,
    };

    private static string Envelope(ECDsa key, object statement)
    {
        const string Type = "application/vnd.in-toto+json";
        var payload = JsonSerializer.SerializeToUtf8Bytes(statement);
        var signed = Encoding.UTF8.GetBytes($"DSSEv1 {Type.Length} {Type} {payload.Length} ").Concat(payload).ToArray();
        return $$"""{"payloadType":"{{Type}}","payload":"{{Convert.ToBase64String(payload)}}","signatures":[{"keyid":"","sig":"{{Convert.ToBase64String(key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))}}"}]}""";
    }

    private static string? Output(StepResult result, string name) => result.Outputs[name].GetString();

    private Task<StepResult> VerifyAsync(With with) => _rig.StepAsync("artifact/verify", with);

    private async Task<(StepVerdict, string)> VerdictAsync(With with)
    {
        var result = await VerifyAsync(with);
        return (result.Verdict, result.Message);
    }

    private string PathOf(string file) => Path.Combine(_root, "files", file);

    private byte[] Write(string file, string text) => Write(file, Encoding.UTF8.GetBytes(text));

    private byte[] Write(string file, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(file), bytes);
        return bytes;
    }

    private sealed record With
    {
        public string? Artifact { get; init; }

        public string? Digest { get; init; }

        public string? SignedBy { get; init; }

        public string? Revision { get; init; }

        public string? Provenance { get; init; }

        public string? Source { get; init; }

        public string? Builder { get; init; }

        public string? Sbom { get; init; }
    }
}
