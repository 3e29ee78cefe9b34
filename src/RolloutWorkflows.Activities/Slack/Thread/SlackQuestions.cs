using System.Text.Json.Nodes;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>The messages that put questions: their buttons stand only as long as the question is open, and their counts are those of the real votes.</summary>
internal sealed class SlackQuestions(ISlack slack, SlackPosts posts)
{
    /// <summary>Puts a question, or shows a question that stands already to those who are asked now.</summary>
    public async Task<SlackPosted> AskAsync(ChannelMessage message, OpenApproval asked, SlackPosted thread, ChannelRun run, SlackMemory memory, SlackPeople people, CancellationToken cancellation)
    {
        // Where votes came in meanwhile, the message begins with them.
        var open = run.Status.OpenApprovals.FirstOrDefault(known => known.ApprovalId == asked.ApprovalId) ?? asked;
        var blocks = SlackApprovalText.Open(open, people);
        var (posted, _) = await posts.PostOnceAsync(
            message.MessageId,
            run.RunId,
            new SlackMessage { Channel = thread.Channel, Thread = thread.Ts, Broadcast = true, Text = SlackApprovalText.Summary(open), Blocks = blocks },
            message.At,
            memory,
            cancellation);
        if (await memory.QuestionAsync(asked.ApprovalId, cancellation) is { } before && before.Ts != posted.Ts)
            await RewriteAsync(before, new SlackClosing(asked.ApprovalId, "asked anew below", message.At, null), thread.Channel, run.RunId, cancellation);
        await memory.KeepQuestionAsync(new SlackQuestion { Ts = posted.Ts, MessageId = message.MessageId, Open = open, Looks = SlackLooks.Of(blocks) }, cancellation);
        return posted;
    }

    /// <summary>Rewrites a question that ended; one that never stood there needs nothing.</summary>
    public async Task CloseAsync(SlackClosing closing, SlackPosted thread, string runId, SlackMemory memory, CancellationToken cancellation)
    {
        if (await memory.QuestionAsync(closing.ApprovalId, cancellation) is not { } question) return;
        await RewriteAsync(question, closing, thread.Channel, runId, cancellation);
        await memory.KeepQuestionAsync(question with { Open = closing.Open ?? question.Open, IsClosed = true }, cancellation);
    }

    /// <summary>Brings the questions that are open to their present votes, and takes the buttons from those that no longer are.</summary>
    public async Task RefreshAsync(SlackPosted thread, ChannelRun run, SlackMemory memory, SlackPeople people, CancellationToken cancellation)
    {
        foreach (var id in await memory.OpenQuestionsAsync(cancellation))
        {
            if (await memory.QuestionAsync(id, cancellation) is not { } question) continue;
            if (run.Status.OpenApprovals.FirstOrDefault(known => known.ApprovalId == id) is not { } open)
            {
                await CloseAsync(new SlackClosing(id, ":lock: it is no longer open", null, null), thread, run.RunId, memory, cancellation);
                continue;
            }

            var blocks = SlackApprovalText.Open(open, people);
            if (SlackLooks.Of(blocks) is var looks && looks == question.Looks) continue;
            await UpdateAsync(question, SlackApprovalText.Summary(open), blocks, thread.Channel, run.RunId, cancellation);
            await memory.KeepQuestionAsync(question with { Open = open, Looks = looks }, cancellation);
        }
    }

    private Task RewriteAsync(SlackQuestion question, SlackClosing closing, string channel, string runId, CancellationToken cancellation)
    {
        var open = closing.Open ?? question.Open;
        return UpdateAsync(question, SlackApprovalText.Summary(open), SlackApprovalText.Closed(open, closing), channel, runId, cancellation);
    }

    private async Task UpdateAsync(SlackQuestion question, string text, JsonArray blocks, string channel, string runId, CancellationToken cancellation)
    {
        try
        {
            await slack.UpdateAsync(new SlackUpdate { Channel = channel, Ts = question.Ts, Text = text, Blocks = blocks, Metadata = SlackMetadata.Of(runId, question.MessageId) }, cancellation);
        }
        catch (SlackException gone) when (gone.Error is "message_not_found")
        {
            // Somebody deleted it, and with it its buttons.
        }
    }
}
