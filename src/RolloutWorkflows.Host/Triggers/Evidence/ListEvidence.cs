using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /api/rollouts/{id}/evidence</c>: the documents of a run, and the head of their chain.</summary>
[Operation("The documents of a run's evidence, and the head of their chain.", Gives = typeof(EvidenceList))]
internal sealed class ListEvidence(RunReader reader, IEvidenceStore evidence, EvidenceSigner signer) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "api/rollouts/{id}/evidence";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http)
    {
        var runId = RouteValue(http, "id");
        var documents = await evidence.ListAsync(runId, http.RequestAborted);
        // Evidence outlives the run's orchestration, which an admin may purge.
        if (documents.Count == 0) await reader.RequireAsync(runId, http.RequestAborted);
        await AnswerAsync(http, EvidenceList.Of(runId, documents, await SignatureAsync(documents, http.RequestAborted)));
    }

    private async Task<string?> SignatureAsync(IReadOnlyList<StoredEvidence> documents, CancellationToken cancellation)
    {
        if (documents.Count == 0) return null;
        try
        {
            return await signer.SignAsync(EvidenceFiles.ChainOf(documents).Content, cancellation);
        }
        catch (SecretException)
        {
            // The documents can be read while the key is away; that it is away is said wherever a document waits for it.
            return null;
        }
    }
}
