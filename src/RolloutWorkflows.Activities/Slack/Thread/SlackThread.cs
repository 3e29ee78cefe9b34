using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// A run in Slack: one thread, whose first message is edited in place, with a reply for what people must notice. Questions
/// have buttons until they are decided. In quiet hours only what needs people at once is posted.
/// </summary>
internal sealed class SlackThread(ISlack slack, SlackPosts posts, SlackOptions options, IssueEffects effects, IChannelMemories memories) : IChannel
{
    private readonly SlackQuestions questions = new(slack, posts);
    private readonly SlackDigest digest = new(posts);

    public string Name => "slack";

    public bool Shows(Playbook playbook) => playbook.Channels.Slack is not null && slack.IsConnected;

    public IEnumerable<ChannelMessage> MessagesOf(RunLogEntry entry, ChannelRun run)
    {
        if (new SlackLines(run, PeopleOf(run)).Of(entry) is not { } content) yield break;
        yield return new ChannelMessage
        {
            MessageId = $"slack:{entry.EntryId}",
            RunId = entry.RunId,
            At = entry.At,
            Summary = SlackText.Cut(entry.Message, 120),
            Content = JsonSerializer.SerializeToElement(content, PlaybookJson.Options),
        };
    }

    public Task<Delivery> DeliverAsync(ChannelMessage message, ChannelRun run, CancellationToken cancellation) => SlackDeliveries.TryAsync(async () =>
    {
        var content = message.Content.Deserialize<SlackContent>(PlaybookJson.Options)!;
        var memory = new SlackMemory(run.Memory);
        var isQuiet = options.QuietHours?.EndOfQuiet(run.Now) is not null;
        // What ended loses its buttons at once: rewriting disturbs nobody.
        if (content.Closes is { } closing && await memory.ThreadAsync(cancellation) is { } standing) await questions.CloseAsync(closing, standing, run.RunId, memory, cancellation);
        if (isQuiet && !content.AtOnce)
        {
            if (content.Lines.Count > 0) await SlackDigest.KeepAsync(message, content, memory, cancellation);
            return Delivery.Done("kept for the digest after quiet hours");
        }

        return await InThreadAsync(run, memory, async thread =>
        {
            if (!isQuiet) await digest.PostAsync(thread, run.RunId, memory, cancellation);
            var posted = content.Asks is { } asked
                ? await questions.AskAsync(message, asked, thread, run, memory, PeopleOf(run), cancellation)
                : await ReplyAsync(message, content, thread, memory, cancellation);
            return Delivery.Done($"{posted.Channel}/{posted.Ts}");
        }, cancellation);
    });

    public Task<Delivery> RefreshAsync(ChannelRun run, CancellationToken cancellation) => SlackDeliveries.TryAsync(async () =>
    {
        var memory = new SlackMemory(run.Memory);
        var quiet = options.QuietHours?.EndOfQuiet(run.Now);
        // Beginning a thread would disturb people as much as a message in it.
        if (quiet is not null && await memory.ThreadAsync(cancellation) is null) return AfterQuiet(run, quiet.Value);
        return await InThreadAsync(run, memory, async thread =>
        {
            await RefreshHeaderAsync(thread, run, memory, cancellation);
            await questions.RefreshAsync(thread, run, memory, PeopleOf(run), cancellation);
            if (quiet is null) await digest.PostAsync(thread, run.RunId, memory, cancellation);
            else if ((await memory.KeptAsync(cancellation)).Count > 0) return AfterQuiet(run, quiet.Value);
            return Delivery.Nothing;
        }, cancellation);
    });

    /// <summary>A run that goes on is looked at again by itself; one that is over is not, so it says when to come again.</summary>
    private static Delivery AfterQuiet(ChannelRun run, DateTimeOffset end) =>
        run.IsOver ? Delivery.Later($"quiet hours keep what is left to say until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC", end - run.Now) : Delivery.Nothing;

    private async Task<SlackPosted> ReplyAsync(ChannelMessage message, SlackContent content, SlackPosted thread, SlackMemory memory, CancellationToken cancellation)
    {
        var reply = new SlackMessage
        {
            Channel = thread.Channel,
            Thread = thread.Ts,
            Broadcast = content.AtOnce,
            Text = SlackText.Cut(content.Lines[0], 300),
            Blocks = SlackBlocks.Message(SlackApprovalText.Paragraphs(content.Lines)),
        };
        return (await posts.PostOnceAsync(message.MessageId, message.RunId, reply, message.At, memory, cancellation)).Posted;
    }

    /// <summary>Does something in the run's thread, which begins where there is none; where people deleted it, the next try begins another.</summary>
    private async Task<Delivery> InThreadAsync(ChannelRun run, SlackMemory memory, Func<SlackPosted, Task<Delivery>> act, CancellationToken cancellation)
    {
        var thread = await memory.ThreadAsync(cancellation) ?? await BeginAsync(run, memory, cancellation);
        try
        {
            return await act(thread);
        }
        catch (SlackException gone) when (gone.Error is "thread_not_found" or "message_not_found")
        {
            await memory.LoseThreadAsync(cancellation);
            await memory.KeepTsAsync(HeaderId(run), "", cancellation);
            return Delivery.Later("the run's thread was deleted in Slack; another one begins");
        }
    }

    private async Task<SlackPosted> BeginAsync(ChannelRun run, SlackMemory memory, CancellationToken cancellation)
    {
        var channel = run.Input.Playbook.Channels.Slack!.Channel;
        var header = await HeaderAsync(run, cancellation);
        // A run that is remembered by nothing else may have its thread all the same.
        await memory.TryAsync(HeaderId(run), may: true, cancellation);
        var message = new SlackMessage { Channel = channel, Text = header.Text, Blocks = header.Blocks };
        var (first, found) = await posts.PostOnceAsync(HeaderId(run), run.RunId, message, run.Status.StartedAt, memory, cancellation);
        if (found) await memory.RecoverAsync(cancellation);
        else await memory.KeepHeaderAsync(SlackLooks.Of(header.Blocks), cancellation);
        await memory.BeginThreadAsync(first, cancellation);
        return first;
    }

    private async Task RefreshHeaderAsync(SlackPosted thread, ChannelRun run, SlackMemory memory, CancellationToken cancellation)
    {
        var header = await HeaderAsync(run, cancellation);
        var blocks = header.Blocks;
        if (SlackLooks.Of(blocks) is var looks && looks == await memory.HeaderAsync(cancellation)) return;
        await slack.UpdateAsync(new SlackUpdate { Channel = thread.Channel, Ts = thread.Ts, Text = header.Text, Blocks = blocks, Metadata = SlackMetadata.Of(run.RunId, HeaderId(run)) }, cancellation);
        await memory.KeepHeaderAsync(looks, cancellation);
    }

    private async Task<SlackHeader> HeaderAsync(ChannelRun run, CancellationToken cancellation)
    {
        var issue = await memories.Of(run.RunId, StageControl.DocumentedIn).GetAsync(IssueMemory.StatusAddress, cancellation);
        return new SlackHeader(run, PeopleOf(run), await effects.InForceAsync(run.RunId, cancellation), issue);
    }

    private SlackPeople PeopleOf(ChannelRun run) => new(run.Input.People, options.Team);

    private static string HeaderId(ChannelRun run) => $"header:{run.RunId}";
}
