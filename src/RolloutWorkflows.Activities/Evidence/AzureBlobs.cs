using System.Globalization;
using System.Net.Http.Headers;

namespace RolloutWorkflows.Activities;

/// <summary>Keeps evidence as block blobs in an Azure container, by its SAS URL. A document is never overwritten there.</summary>
internal sealed class AzureBlobs(EvidenceOptions options, ISecretSource secrets, OutboundHttp http, TimeProvider time) : IEvidencePlace
{
    /// <summary>Old enough for every account, and new enough for what is used.</summary>
    private const string Version = "2021-08-06";

    private const string DigestHeader = "x-ms-meta-sha256";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public string Name => "azureBlob";

    public bool IsUsed => options.AzureSasUrl is not null;

    public async Task<string?> WriteAsync(string runId, EvidenceFile file, CancellationToken cancellation)
    {
        var container = await ContainerAsync(cancellation);
        var blob = $"{runId}/{file.Name}";
        using var request = RequestOf(HttpMethod.Put, container, blob);
        request.Content = new ByteArrayContent(file.Content);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(file.ContentType);
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        request.Headers.Add(DigestHeader, EvidenceJson.Digest(file.Content));
        if (!file.Changes) request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        var answer = await http.SendAsync(request, Patience, maximumBytes: 4096, cancellation);
        if (answer.IsSuccess) return null;
        return !file.Changes && answer.Status is 409 or 412 && CodeOf(answer) is "BlobAlreadyExists" or "ConditionNotMet"
            ? await CompareAsync(container, blob, file, cancellation)
            : $"{blob} was not written to the container {container.Name}: {Explain(answer, container)}";
    }

    public async Task<EvidencePlaceFinding> ExamineAsync(CancellationToken cancellation)
    {
        try
        {
            var container = await ContainerAsync(cancellation);
            if (container.ExpiresAt is { } expires && expires <= time.GetUtcNow()) return new(Name, false, $"the SAS URL of the container {container.Name} ended {Day(expires)}");
            if (container.Permissions is { } permissions && !(permissions.Contains('c', StringComparison.Ordinal) && permissions.Contains('w', StringComparison.Ordinal)))
                return new(Name, false, $"the SAS URL of the container {container.Name} permits '{permissions}'; expected at least create and write (cw)");
            using var request = RequestOf(HttpMethod.Head, container, "no-such-blob");
            var answer = await http.SendAsync(request, Patience, maximumBytes: 0, cancellation);
            var until = container.ExpiresAt is { } end ? $", until {Day(end)}" : "";
            return (answer.Status, CodeOf(answer)) switch
            {
                (404, "BlobNotFound") or (200, _) => new(Name, true, $"the container {container.Name} can be reached and takes the SAS URL{until}"),
                // A token that may only write may not look.
                (403, "AuthorizationPermissionMismatch") => new(Name, null, $"the container {container.Name} knows the SAS URL{until}; whether it can be written, the first document shows"),
                _ => new(Name, false, $"the container {container.Name} does not take the SAS URL: {Explain(answer, container)}"),
            };
        }
        catch (Exception wrong) when (wrong is SecretException or OutboundException)
        {
            return new(Name, false, wrong.Message);
        }
    }

    private async Task<AzureContainer> ContainerAsync(CancellationToken cancellation) =>
        AzureContainer.Of(options.AzureSasUrl!, await secrets.ReadAsync(options.AzureSasUrl!, cancellation));

    /// <summary>Ours from an earlier try whose answer was lost, or somebody else's. Where the token may not read, the name must do.</summary>
    private async Task<string?> CompareAsync(AzureContainer container, string blob, EvidenceFile file, CancellationToken cancellation)
    {
        using var request = RequestOf(HttpMethod.Head, container, blob);
        var answer = await http.SendAsync(request, Patience, maximumBytes: 0, cancellation);
        if (answer.Status == 403) return null;
        if (!answer.IsSuccess) return $"whether {blob} stands in the container {container.Name} as it should could not be found out: {Explain(answer, container)}";
        return answer.Headers.TryGetValue(DigestHeader, out var digest) && digest == EvidenceJson.Digest(file.Content)
            ? null
            : $"{blob} stands in the container {container.Name} already with other content; evidence is never overwritten";
    }

    private HttpRequestMessage RequestOf(HttpMethod method, AzureContainer container, string blob)
    {
        var request = new HttpRequestMessage(method, container.AddressOf(blob));
        request.Headers.Add("x-ms-version", Version);
        request.Headers.Add("x-ms-date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        return request;
    }

    private static string? CodeOf(OutboundAnswer answer) => answer.Headers.TryGetValue("x-ms-error-code", out var code) ? code : null;

    /// <summary>Azure's own message repeats what was signed, so that only its code is shown.</summary>
    private string Explain(OutboundAnswer answer, AzureContainer container)
    {
        var code = CodeOf(answer) is { } known && known.All(char.IsAsciiLetterOrDigit) ? $" {known}" : "";
        var advice = answer.Status switch
        {
            403 when container.ExpiresAt <= time.GetUtcNow() => $"; the SAS URL ended {Day(container.ExpiresAt!.Value)}: make a new one",
            403 => "; make a SAS URL of this container that permits create and write, and is valid now",
            404 => "; there is no such container: create it, or correct the SAS URL",
            409 => "; a blob that is held or being deleted cannot be written",
            _ => "",
        };
        return string.Create(CultureInfo.InvariantCulture, $"Azure answered {answer.Status}{code}{advice}");
    }

    private static string Day(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
