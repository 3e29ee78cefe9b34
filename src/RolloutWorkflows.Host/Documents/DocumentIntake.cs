using System.Text;
using Microsoft.Net.Http.Headers;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>
/// Takes documents for runs: keeps the bytes first, then tells the run, which writes it into its record. Bytes are kept and handed out
/// as they came: never executed, never interpreted, never shown as a page.
/// </summary>
internal sealed class DocumentIntake(IRunDocuments documents, DurableTaskClient client, RunReader reader, IRunLog log, TimeProvider time)
{
    private const int MaximumMediaType = 100;

    /// <summary>Attaches a document to a run that has not ended.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="name">The document's name.</param>
    /// <param name="mediaType">What it is said to be; null: bytes.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="caller">Who attaches it.</param>
    /// <param name="cancellation">Stops waiting for the run; what was kept is.</param>
    /// <returns>The document, and whether the run has written it into its record already.</returns>
    /// <exception cref="ProblemException">400: the name or the content cannot be used. 404: no such run. 409: it has ended, or has too many. 413: too large.</exception>
    public async Task<(RunDocument Document, bool Recorded)> AttachAsync(string runId, string name, string? mediaType, byte[] content, string? reason, Caller caller, CancellationToken cancellation)
    {
        var instance = await reader.RequireAsync(runId, cancellation);
        if (instance.IsCompleted) throw CommandSender.Ended(instance);
        var run = RunReader.StatusOf(instance);
        var now = time.GetUtcNow();
        var document = await AddAsync(runId, Read(name, mediaType, content, caller, now) with
        {
            PlaybookTime = new PlaybookClock { Anchor = run.StartedAt.UtcDateTime, Compression = run.TimeCompression }.ToPlaybook(now.UtcDateTime),
        });
        return (document, await TellAsync(runId, document, reason, cancellation));
    }

    /// <summary>Reads what a start attaches; nothing is kept yet.</summary>
    /// <exception cref="ProblemException">400 or 413: one of them cannot be used.</exception>
    public IReadOnlyList<NewDocument> Read(IReadOnlyDictionary<string, StartDocument> given, Caller caller)
    {
        var now = time.GetUtcNow();
        return [.. given.Select(pair => Read(pair.Key, pair.Value.MediaType, Bytes(pair.Key, pair.Value), caller, now))];
    }

    /// <summary>Keeps what a start attaches, under the run's id.</summary>
    public async Task<IReadOnlyList<RunDocument>> KeepAsync(string runId, IReadOnlyList<NewDocument> attached)
    {
        var kept = new List<RunDocument>();
        foreach (var document in attached) kept.Add(await AddAsync(runId, document));
        return kept;
    }

    /// <summary>Forgets what a start attached that came to nothing.</summary>
    public async Task ForgetAsync(string runId, IReadOnlyList<RunDocument> kept)
    {
        foreach (var document in kept) await documents.RemoveAsync(runId, document.Name, document.Version);
    }

    private async Task<RunDocument> AddAsync(string runId, NewDocument document)
    {
        try
        {
            return await documents.AddAsync(runId, document, CancellationToken.None);
        }
        catch (RunDocumentsFullException full)
        {
            throw DocumentProblems.TooMany(full);
        }
    }

    /// <summary>True once the run has written it down; false where it has not within a while, and will.</summary>
    private async Task<bool> TellAsync(string runId, RunDocument document, string? reason, CancellationToken cancellation)
    {
        var commandId = FormattableString.Invariant($"document/{runId}/{document.Name}/{document.Version}");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var answer = log.WaitForAnswerAsync(commandId, patience.Token);
        try
        {
            await client.RaiseEventAsync(runId, OrchestrationNames.SignalEvent, new RunSignal
            {
                Kind = RunSignalKind.DocumentAttached,
                From = "host",
                Message = $"{document.By} attached {document}",
                Document = document,
                Reason = reason,
                CommandId = commandId,
            }, CancellationToken.None);
            patience.CancelAfter(CommandSender.Patience);
            await answer;
            return true;
        }
        catch (Exception gone) when (gone is EventNotDeliverableException or OperationCanceledException)
        {
            var instance = await reader.RequireAsync(runId, CancellationToken.None);
            if (!instance.IsCompleted) return false;
            // It ended at this moment, and nothing of it says that there is such a document.
            await documents.RemoveAsync(runId, document.Name, document.Version, CancellationToken.None);
            throw CommandSender.Ended(instance);
        }
    }

    private static NewDocument Read(string name, string? mediaType, byte[] content, Caller caller, DateTimeOffset now)
    {
        if (!DocumentName.IsValid(name)) throw DocumentProblems.Name(name);
        if (content.Length == 0) throw DocumentProblems.Empty(name);
        if (content.Length > NewDocument.MaximumBytes) throw DocumentProblems.TooLarge(name);
        if (KeyText.IsIn(Encoding.Latin1.GetString(content))) throw KeyProblems.InBody();
        return new NewDocument { Name = name, Content = content, MediaType = MediaType(mediaType), By = caller.Actor, At = now, PlaybookTime = now };
    }

    /// <summary>The media type without its parameters; it is shown, so what is none does not pass.</summary>
    private static string MediaType(string? given)
    {
        if (string.IsNullOrWhiteSpace(given)) return HttpTrigger.Bytes;
        return given.Length <= MaximumMediaType && MediaTypeHeaderValue.TryParse(given, out var parsed) && parsed.MediaType is { HasValue: true, Value: { } type } ? type
            : throw Problems.BadRequest($"'{(given.Length <= MaximumMediaType ? given : given[..MaximumMediaType])}' is no media type.", "Send a header such as Content-Type: text/markdown, or none.");
    }

    private static byte[] Bytes(string name, StartDocument given)
    {
        if (given is not ({ Text: not null, Base64: null } or { Text: null, Base64: not null }))
            throw Problems.BadRequest($"'documents.{name}' needs either 'text' or 'base64'.", "\"documents\": { \"test-matrix\": { \"text\": \"…\" } }");
        if (given.Text is { } text) return Encoding.UTF8.GetBytes(text);
        var bytes = new byte[(given.Base64!.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(given.Base64, bytes, out var length) ? bytes[..length]
            : throw Problems.BadRequest($"'documents.{name}.base64' is not base64.", "Encode its bytes, or send 'text'.");
    }
}
