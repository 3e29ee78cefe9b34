namespace RolloutWorkflows.Activities;

/// <summary>
/// Posts each message once. Where an answer was lost, or the process ended in between, Slack is read back for the message's
/// mark before it is posted again. Only marks on what this app wrote itself count. Thread-safe.
/// </summary>
internal sealed class SlackPosts(ISlack slack)
{
    private const int MostPages = 20;

    /// <summary>Slack's clock and this one may differ.</summary>
    private static readonly TimeSpan Earlier = TimeSpan.FromHours(1);

    private volatile SlackIdentity? self;

    /// <summary>Posts a message where it does not stand yet.</summary>
    /// <param name="messageId">Its mark.</param>
    /// <param name="runId">The run it belongs to.</param>
    /// <param name="message">The message, without its mark.</param>
    /// <param name="since">It surely was not posted before.</param>
    /// <param name="memory">What is remembered.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Where it stands, and whether it stood there without being remembered.</returns>
    public async Task<(SlackPosted Posted, bool Found)> PostOnceAsync(
        string messageId, string runId, SlackMessage message, DateTimeOffset since, SlackMemory memory, CancellationToken cancellation)
    {
        if (await memory.TsOfAsync(messageId, cancellation) is { } known) return (new SlackPosted(message.Channel, known), false);
        var found = await memory.MayStandAsync(messageId, cancellation) ? await FindAsync(messageId, message.Channel, message.Thread, since, cancellation) : null;
        var posted = found ?? await PostAsync(messageId, runId, message, memory, cancellation);
        await memory.KeepTsAsync(messageId, posted.Ts, cancellation);
        return (posted, found is not null);
    }

    /// <summary>Looks for a message of ours by its mark; null: it does not stand there.</summary>
    public async Task<SlackPosted?> FindAsync(string messageId, string channel, string? thread, DateTimeOffset since, CancellationToken cancellation)
    {
        var us = self ??= await slack.AuthTestAsync(cancellation);
        var range = new SlackRange { Channel = channel, Thread = thread, Oldest = FormattableString.Invariant($"{(since - Earlier).ToUnixTimeSeconds()}.000000") };
        for (var page = 0; page < MostPages; page++)
        {
            var read = thread is null ? await slack.HistoryAsync(range, cancellation) : await slack.RepliesAsync(range, cancellation);
            var ours = read.Messages.FirstOrDefault(message => message.Metadata?.MessageId == messageId && (us.BotId is { } bot ? message.BotId == bot : message.User == us.UserId));
            if (ours is not null) return new SlackPosted(channel, ours.Ts);
            if (read.Next is null) break;
            range = range with { Cursor = read.Next };
        }

        return null;
    }

    private async Task<SlackPosted> PostAsync(string messageId, string runId, SlackMessage message, SlackMemory memory, CancellationToken cancellation)
    {
        await memory.TryAsync(messageId, may: true, cancellation);
        try
        {
            return await slack.PostMessageAsync(message with { Metadata = SlackMetadata.Of(runId, messageId) }, cancellation);
        }
        catch (SlackException surely) when (!surely.MayBeDone)
        {
            await memory.TryAsync(messageId, may: false, cancellation);
            throw;
        }
    }
}
