namespace RolloutWorkflows.Activities;

/// <summary>What quiet hours keep: nothing of it is lost, and it is posted as few replies once they end.</summary>
internal sealed class SlackDigest(SlackPosts posts)
{
    /// <summary>What fits into one message with its heading.</summary>
    private const int MostAtOnce = 40;

    /// <summary>Keeps a message, once by its id.</summary>
    public static async Task KeepAsync(ChannelMessage message, SlackContent content, SlackMemory memory, CancellationToken cancellation)
    {
        var kept = await memory.KeptAsync(cancellation);
        if (kept.Any(known => known.MessageId == message.MessageId)) return;
        await memory.KeepAsync([.. kept, new SlackKept(message.MessageId, message.At, content.Lines)], cancellation);
    }

    /// <summary>Posts what was kept.</summary>
    public async Task PostAsync(SlackPosted thread, string runId, SlackMemory memory, CancellationToken cancellation)
    {
        while (await memory.KeptAsync(cancellation) is { Count: > 0 } kept)
        {
            var part = kept.Take(MostAtOnce).ToList();
            var message = new SlackMessage
            {
                Channel = thread.Channel,
                Thread = thread.Ts,
                Text = FormattableString.Invariant($"What happened in quiet hours: {part.Count} messages"),
                Blocks = SlackBlocks.Message(
                [
                    SlackBlocks.Section(":crescent_moon: *What happened in quiet hours*"),
                    .. SlackApprovalText.Paragraphs([.. part.Select(one => $"{SlackText.Date(one.At)} {string.Join("\n", one.Lines)}")]),
                ]),
            };
            await posts.PostOnceAsync($"digest:{part[0].MessageId}", runId, message, part[0].At, memory, cancellation);
            await memory.KeepAsync([.. kept.Skip(part.Count)], cancellation);
        }
    }
}
