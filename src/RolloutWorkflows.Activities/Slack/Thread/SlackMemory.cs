using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>What is remembered of a run's thread, or of a channel that is told something.</summary>
internal sealed class SlackMemory(IChannelMemory memory)
{
    /// <summary>The thread: <c>CHANNEL/TS</c>.</summary>
    public const string Thread = "thread";

    private const string Header = "header";
    private const string Questions = "questions";
    private const string Kept = "digest";
    private const string Recovered = "recovered";

    /// <summary>The thread; null: there is none yet.</summary>
    public async Task<SlackPosted?> ThreadAsync(CancellationToken cancellation) =>
        (await memory.GetAsync(Thread, cancellation))?.Split('/') is [var channel, var ts] ? new SlackPosted(channel, ts) : null;

    public ValueTask BeginThreadAsync(SlackPosted first, CancellationToken cancellation) => memory.SetAsync(Thread, $"{first.Channel}/{first.Ts}", cancellation);

    /// <summary>The thread is gone; the next message begins another one.</summary>
    public async Task LoseThreadAsync(CancellationToken cancellation)
    {
        await memory.SetAsync(Thread, "", cancellation);
        await memory.SetAsync(Header, "", cancellation);
    }

    /// <summary>What the header looked like last, as a digest.</summary>
    public ValueTask<string?> HeaderAsync(CancellationToken cancellation) => memory.GetAsync(Header, cancellation);

    public ValueTask KeepHeaderAsync(string looks, CancellationToken cancellation) => memory.SetAsync(Header, looks, cancellation);

    /// <summary>Where a message stands; null: it was not seen to stand.</summary>
    public async Task<string?> TsOfAsync(string messageId, CancellationToken cancellation) => await memory.GetAsync($"ts:{messageId}", cancellation) is { Length: > 0 } ts ? ts : null;

    public ValueTask KeepTsAsync(string messageId, string ts, CancellationToken cancellation) => memory.SetAsync($"ts:{messageId}", ts, cancellation);

    /// <summary>True: it was sent once and nobody knows what became of it, or everything that was remembered is lost.</summary>
    public async Task<bool> MayStandAsync(string messageId, CancellationToken cancellation) =>
        await memory.GetAsync($"try:{messageId}", cancellation) == "1" || await memory.GetAsync(Recovered, cancellation) == "1";

    /// <summary>Says before a message is sent that it may stand from now on, and after a clear refusal that it does not.</summary>
    public ValueTask TryAsync(string messageId, bool may, CancellationToken cancellation) => memory.SetAsync($"try:{messageId}", may ? "1" : "", cancellation);

    /// <summary>The thread was found though nothing was remembered, so other messages may stand there too.</summary>
    public ValueTask RecoverAsync(CancellationToken cancellation) => memory.SetAsync(Recovered, "1", cancellation);

    public async Task<SlackQuestion?> QuestionAsync(string approvalId, CancellationToken cancellation) => Read<SlackQuestion>(await memory.GetAsync($"question:{approvalId}", cancellation));

    public async Task KeepQuestionAsync(SlackQuestion question, CancellationToken cancellation)
    {
        await memory.SetAsync($"question:{question.Open.ApprovalId}", JsonSerializer.Serialize(question, PlaybookJson.Options), cancellation);
        var open = (await OpenQuestionsAsync(cancellation)).Where(id => id != question.Open.ApprovalId);
        IReadOnlyList<string> now = [.. open, .. question.IsClosed ? [] : new[] { question.Open.ApprovalId }];
        await memory.SetAsync(Questions, JsonSerializer.Serialize(now), cancellation);
    }

    /// <summary>The questions whose messages still have buttons.</summary>
    public async Task<IReadOnlyList<string>> OpenQuestionsAsync(CancellationToken cancellation) => Read<List<string>>(await memory.GetAsync(Questions, cancellation)) ?? [];

    /// <summary>What waits for the end of quiet hours, oldest first.</summary>
    public async Task<IReadOnlyList<SlackKept>> KeptAsync(CancellationToken cancellation) => Read<List<SlackKept>>(await memory.GetAsync(Kept, cancellation)) ?? [];

    public ValueTask KeepAsync(IReadOnlyList<SlackKept> all, CancellationToken cancellation) => memory.SetAsync(Kept, JsonSerializer.Serialize(all, PlaybookJson.Options), cancellation);

    private static T? Read<T>(string? text)
        where T : class
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(text, PlaybookJson.Options);
        }
        catch (JsonException)
        {
            // Written by another version: it is as good as lost.
            return null;
        }
    }
}
