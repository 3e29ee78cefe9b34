using System.Net.Http.Json;
using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>Asks targets for their state, and to restore a snapshot. The addresses are the operator's.</summary>
internal sealed class SnapshotTargets(SourceHttp http)
{
    /// <summary>The target's state now.</summary>
    /// <exception cref="OutboundException">It did not tell.</exception>
    public async Task<SnapshotState> ReadAsync(JsonHttpSource state, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, state.Url);
        var answer = await http.SendAsync(state, request, cancellation);
        if (!answer.IsSuccess) throw SourceHttp.Refused(answer.Status);
        try
        {
            return JsonSerializer.Deserialize<SnapshotState>(answer.Body, JsonSerializerOptions.Web) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new OutboundException("the answer tells no state: expected JSON with root, and with files where they are told");
        }
    }

    /// <summary>Asks to restore. The same key twice is the same request.</summary>
    /// <returns>The status of a refusal; null where it was taken.</returns>
    /// <exception cref="OutboundException">There was no answer.</exception>
    public async Task<int?> RestoreAsync(JsonHttpSource restore, string target, SnapshotManifest manifest, string key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, restore.Url) { Content = JsonContent.Create(new { target, snapshot = manifest.Name, root = manifest.Root }) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        var answer = await http.SendAsync(restore, request, cancellation);
        if (answer.Status >= 500) throw new OutboundException($"the answer was {answer.Status}");
        return answer.IsSuccess ? null : answer.Status;
    }
}
