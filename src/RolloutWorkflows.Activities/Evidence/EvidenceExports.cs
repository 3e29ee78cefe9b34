using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Brings documents to the places that the host's configuration names, through a lane of the outbox for each: in order, and again until they stand there.</summary>
internal sealed class EvidenceExports(IEvidenceStore store, IEnumerable<IEvidencePlace> all, EvidenceSigner signer) : IAudienceChannel
{
    public const string LaneKind = "evidence";

    private sealed record Told(int Number);

    public string Kind => LaneKind;

    /// <summary>The places that are used.</summary>
    public IEnumerable<string> Places => all.Where(place => place.IsUsed).Select(place => place.Name);

    /// <summary>No playbook names a place for evidence: where it goes is the operator's.</summary>
    public string? PlaceOf(Audience audience) => null;

    public string? ObstacleTo(string place) => Places.Contains(place) ? null : $"the host's configuration names no {place} under evidence";

    public static ChannelMessage MessageOf(StoredEvidence document, string place) => new()
    {
        MessageId = $"evidence:{document.RunId}:{EvidenceFiles.NameOf(document)}:{place}",
        RunId = document.RunId,
        At = document.At,
        Summary = $"evidence {EvidenceFiles.NameOf(document)}",
        Content = JsonSerializer.SerializeToElement(new Told(document.Number), JsonSerializerOptions.Web),
    };

    /// <summary>Whatever is in the way is tried again for ever: evidence is not given up.</summary>
    public async Task<Delivery> DeliverAsync(string place, ChannelMessage message, CancellationToken cancellation)
    {
        if (ObstacleTo(place) is { } obstacle) return Delivery.Later(obstacle);
        var number = message.Content.Deserialize<Told>(JsonSerializerOptions.Web)!.Number;
        var documents = (await store.ListAsync(message.RunId, cancellation)).TakeWhile(document => document.Number <= number).ToList();
        if (documents.Count != number) return Delivery.Refused($"document {number} is not in this server's database");
        var target = all.First(candidate => candidate.Name == place);
        try
        {
            foreach (var file in EvidenceFiles.Of(documents[^1]))
                if (await target.WriteAsync(message.RunId, file, cancellation) is { } problem)
                    return Delivery.Later(problem);
            var chain = EvidenceFiles.ChainOf(documents);
            // The list last: it never names a document that is not there yet.
            foreach (var file in EvidenceFiles.Signed(chain, await signer.SignAsync(chain.Content, cancellation)))
                if (await target.WriteAsync(message.RunId, file, cancellation) is { } problem)
                    return Delivery.Later(problem);
            return Delivery.Done($"{place}/{message.RunId}/{EvidenceFiles.NameOf(documents[^1])}");
        }
        catch (SecretException missing)
        {
            return Delivery.Later(missing.Message);
        }
    }
}
