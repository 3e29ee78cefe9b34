using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>artifact/verify</c>: says everything that does not hold, not only the first thing. Changes nothing.</summary>
internal sealed class ArtifactVerifyActivity(GrantedFiles files, OutboundHttp http, ISigners signers, TimeProvider time, ILogger<ArtifactVerifyActivity> logger)
    : StepActivity<ArtifactVerifyStep>(time, logger), IStepActivity<ArtifactVerifyStep>
{
    private const int LargestDownload = 64 * 1024 * 1024;

    protected override async Task<StepResult> ExecuteAsync(StepCall<ArtifactVerifyStep> call, CancellationToken cancellation)
    {
        var step = call.Step;
        if (Contradiction(step) is { } contradiction) return Errored(contradiction);
        try
        {
            await using var artifact = await OpenAsync(call, step.Artifact, step.Url, cancellation);
            var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(artifact, cancellation));
            var found = new Findings(step.Artifact ?? step.Url!.ToString(), digest);
            if (step.Digest is { } expected && !string.Equals(expected, digest, StringComparison.OrdinalIgnoreCase)) found.Wrong($"expected sha256 {expected.ToLowerInvariant()}, got {digest}");
            if (step.SignedBy is { } signer)
            {
                artifact.Position = 0;
                if (await signers.RefusalAsync(signer, artifact, await SignatureAsync(call, cancellation), cancellation) is { } refusal) found.Wrong(refusal);
                else found.Holds($"signed by {signer}");
            }

            var provenance = step.Provenance is null ? null : await ProvenanceAsync(call, found, cancellation);
            if (step.Sbom is not null) await SbomAsync(call, found, provenance, cancellation);
            return found.IsSound ? Passed(found.Sentence, found.Outputs) : Failed(found.Sentence, found.Outputs);
        }
        catch (PlaybookFileException unusable)
        {
            return Errored(unusable.Sentence);
        }
        catch (OutboundException unanswered)
        {
            return Errored($"{step.Url} could not be fetched: {unanswered.Message}.");
        }
    }

    private static string? Contradiction(ArtifactVerifyStep step)
    {
        if (step.Artifact is null == step.Url is null) return "artifact/verify needs exactly one of with.artifact and with.url.";
        if (step.Digest is null && step.SignedBy is null) return "artifact/verify has nothing to hold the artifact against: state with.digest or with.signedBy.";
        if (step.Digest is { } digest && (digest.Length != 64 || !digest.All(char.IsAsciiHexDigit))) return $"with.digest: expected the 64 hexadecimal digits of a SHA-256, got '{digest}'.";
        if ((step.Provenance ?? step.Sbom) is not null && step.SignedBy is null) return "An attestation says nothing unless it is signed: state with.signedBy.";
        return (step.Revision ?? step.Builder ?? step.Source) is not null && step.Provenance is null ? "The revision and the builder are in the provenance: state with.provenance." : null;
    }

    private async Task<Attestation?> ProvenanceAsync(StepCall<ArtifactVerifyStep> call, Findings found, CancellationToken cancellation)
    {
        var step = call.Step;
        if (await AttestationAsync(call, step.Provenance!, attestation => attestation.PredicateType == Attestation.SlsaProvenance, $"provenance ({Attestation.SlsaProvenance})", found, cancellation) is not { } provenance) return null;
        var revisions = provenance.Revisions.Where(built => step.Source is null || built.Source == step.Source).ToList();
        if (step.Source is { } source && revisions.Count == 0) found.Wrong($"expected provenance from {source}, got {Listed(provenance.Revisions.Select(built => built.Source))}");
        else if (step.Revision is { } revision && !revisions.Exists(built => string.Equals(built.Revision, revision, StringComparison.OrdinalIgnoreCase)))
            found.Wrong($"expected to be built from the tested revision {revision}, got {Listed(revisions.Select(built => built.Revision))}");
        else if (step.Revision is not null) found.Holds($"built from {step.Revision}");
        if (step.Builder is { } builder && provenance.Builder != builder) found.Wrong($"expected builder {builder}, got {provenance.Builder ?? "none"}");
        found.Add("revision", step.Revision ?? revisions.Select(built => built.Revision).FirstOrDefault());
        found.Add("builder", provenance.Builder);
        return provenance;
    }

    private async Task SbomAsync(StepCall<ArtifactVerifyStep> call, Findings found, Attestation? provenance, CancellationToken cancellation)
    {
        var file = call.Step.Sbom!;
        var bytes = await files.ReadBytesAsync(call.Request.Playbook, file, cancellation);
        if (PlainFormatOf(bytes) is { } plain)
        {
            var refusal = provenance is null ? "state with.provenance, which must have its digest among its subjects" : provenance.RefusalOf(Convert.ToHexStringLower(SHA256.HashData(bytes)));
            if (refusal is not null) found.Wrong($"the SBOM {file} is not attested: {refusal}");
            else found.HasSbom(plain);
            return;
        }

        if (await AttestationAsync(call, file, attestation => attestation.SbomFormat is not null, "SBOM attestation (CycloneDX or SPDX)", found, cancellation) is { } sbom) found.HasSbom(sbom.SbomFormat!);
    }

    private async Task<Attestation?> AttestationAsync(StepCall<ArtifactVerifyStep> call, string file, Func<Attestation, bool> isMeant, string what, Findings found, CancellationToken cancellation)
    {
        var envelopes = DsseEnvelope.ReadAll(await files.ReadTextAsync(call.Request.Playbook, file, cancellation));
        var refusals = new List<string>();
        foreach (var envelope in envelopes)
        {
            var (statement, refusal) = await envelope.OpenAsync(signers, call.Step.SignedBy!, cancellation);
            var attestation = statement is { } opened ? new Attestation(opened) : null;
            if (attestation is not null && !isMeant(attestation)) refusal = $"it is a {attestation.PredicateType}";
            refusal ??= attestation!.RefusalOf(found.Digest);
            if (refusal is null) return attestation;
            refusals.Add(refusal);
        }

        found.Wrong($"no {what} holds in {file}: {(refusals.Count == 0 ? "expected a DSSE envelope, got none" : string.Join("; ", refusals.Distinct()))}");
        return null;
    }

    private async Task<byte[]> SignatureAsync(StepCall<ArtifactVerifyStep> call, CancellationToken cancellation)
    {
        if (call.Step.Signature is { } stated) return await files.ReadBytesAsync(call.Request.Playbook, stated, cancellation);
        if (call.Step.Artifact is { } artifact) return await files.ReadBytesAsync(call.Request.Playbook, $"{artifact}.sig", cancellation);
        using var fetched = await FetchAsync(call, new UriBuilder(call.Step.Url!) { Path = $"{call.Step.Url!.AbsolutePath}.sig" }.Uri, cancellation);
        return fetched.ToArray();
    }

    private async Task<Stream> OpenAsync(StepCall<ArtifactVerifyStep> call, string? file, Uri? url, CancellationToken cancellation) =>
        file is not null ? files.OpenRead(call.Request.Playbook, file) : await FetchAsync(call, url!, cancellation);

    private async Task<MemoryStream> FetchAsync(StepCall<ArtifactVerifyStep> call, Uri url, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        var answer = await http.SendForAsync(call.Request.Playbook, request, Limit, LargestDownload, cancellation);
        if (!answer.IsSuccess) throw new OutboundException($"the answer was {answer.Status}");
        return answer.Truncated ? throw new OutboundException("it is longer than 64 MiB; put it below the host's folder of files") : new MemoryStream(answer.Body);
    }

    private static string? PlainFormatOf(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return Attestation.SbomFormatOf(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Listed(IEnumerable<string> texts) => string.Join(", ", texts.Distinct().DefaultIfEmpty("none"));

    /// <summary>What was found, said in one sentence.</summary>
    private sealed class Findings(string artifact, string digest)
    {
        private readonly List<string> _wrong = [];
        private readonly List<string> _held = [];
        private readonly List<(string, object?)> _outputs = [("digest", digest)];

        public string Digest => digest;

        public bool IsSound => _wrong.Count == 0;

        public (string, object?)[] Outputs => [.. _outputs];

        public string Sentence => IsSound
            ? new StringBuilder($"{artifact} is sound: sha256 {digest}").AppendJoin("", _held.Select(held => $", {held}")).Append('.').ToString()
            : $"{artifact} cannot be trusted: {string.Join("; ", _wrong)}.";

        public void Wrong(string what) => _wrong.Add(what);

        public void Holds(string what) => _held.Add(what);

        public void Add(string name, object? value) => _outputs.Add((name, value));

        public void HasSbom(string format)
        {
            Holds($"with an SBOM ({format})");
            Add("sbom", format);
        }
    }
}
