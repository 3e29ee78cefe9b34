using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Answers clicks on buttons by a dialog that says what would be done and asks why; or says at once why not. A click by itself changes nothing. Thread-safe.</summary>
internal sealed partial class SlackClicks(ISlack slack, RunReader reader, RollbackPreviewer rollback, ClosedQuestions closed, SlackCommands commands, SlackReplies replies, SlackBehind behind, TimeProvider time, ILogger<SlackClicks> log)
{
    /// <summary>What a rollback would do is looked up only so long: the click's trigger is worth three seconds.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private readonly RecentIds seen = new(time);

    /// <summary>Takes a click; everything else happens behind. One that was delivered before is left out.</summary>
    public void Take(SlackClick click, DateTimeOffset saidAt)
    {
        if (seen.Add(click.Id)) behind.Do("Answering a click in Slack", cancellation => AnswerAsync(click, saidAt, cancellation));
    }

    private async Task AnswerAsync(SlackClick click, DateTimeOffset saidAt, CancellationToken cancellation)
    {
        OrchestrationMetadata instance;
        try
        {
            instance = await reader.RequireAsync(click.Button.RunId, cancellation);
        }
        catch (ProblemException problem)
        {
            await replies.TellAsync(click.Sender, click.Place, SlackText.Escape(problem.Problem.Detail), cancellation);
            return;
        }

        if (await RefusalAsync(click, instance, saidAt, cancellation) is { } refusal)
        {
            await replies.TellAsync(click.Sender, click.Place, refusal, cancellation);
            return;
        }

        await OpenAsync(click, RunReader.StatusOf(instance), cancellation);
    }

    /// <summary>Why no dialog opens, in Slack's markup; null where one does.</summary>
    private async Task<string?> RefusalAsync(SlackClick click, OrchestrationMetadata instance, DateTimeOffset saidAt, CancellationToken cancellation)
    {
        var run = RunReader.StatusOf(instance);
        if (click.Sender.Identity.PersonIn(instance.ReadInputAs<RolloutInput>()!.People) is null) return SlackCommands.Shown(await RecordStrangerAsync(click, saidAt));
        var isVote = click.Verb is RunVerb.Approve or RunVerb.Reject;
        if (isVote && click.Button.ApprovalId is { } approval && run.OpenApprovals.All(open => open.ApprovalId != approval))
            return await closed.TellAsync(run.RunId, approval, cancellation);
        if (run.Accepts.Contains(click.Verb)) return null;
        var accepts = run.Accepts.Count == 0 ? "nothing" : string.Join(", ", run.Accepts.Select(RunVerbs.Word));
        return $"*Refused:* `{SlackText.Escape(run.RunId)}` is {run.State}: {SlackText.Escape(run.Because)}. It accepts {accepts}.";
    }

    /// <summary>Somebody whom the run does not know is told so, and the attempt stands in its record.</summary>
    private Task<ChannelAnswer> RecordStrangerAsync(SlackClick click, DateTimeOffset saidAt) => commands.SendAsync(new ChannelCommand
    {
        RunId = click.Button.RunId,
        CommandId = $"slack-click:{click.Id}",
        Verb = click.Verb,
        Identity = click.Sender.Identity,
        Via = "slack",
        ApprovalId = click.Button.ApprovalId,
        SaidAt = saidAt,
    });

    private async Task OpenAsync(SlackClick click, RunStatus run, CancellationToken cancellation)
    {
        var isVote = click.Verb is RunVerb.Approve or RunVerb.Reject;
        var dialog = new SlackDialog { RunId = run.RunId, Verb = click.Verb, ApprovalId = isVote ? click.Button.ApprovalId : null, Place = click.Place };
        var approval = dialog.ApprovalId is null ? null : run.OpenApprovals.First(open => open.ApprovalId == dialog.ApprovalId);
        var effects = click.Verb == RunVerb.Rollback ? await LookBackAsync(run.RunId, cancellation) : null;
        try
        {
            await slack.OpenViewAsync(click.TriggerId, SlackDialogView.Of(dialog, run, approval, effects), cancellation);
        }
        catch (SlackException error)
        {
            LogNotOpened(run.RunId, error.Message);
            var why = error.Error is "expired_trigger_id" or "exchanged_trigger_id" ? "Slack waits three seconds for a dialog, and they had passed" : SlackText.Escape(error.Message);
            await replies.TellAsync(click.Sender, click.Place, $"The dialog did not open: {why}. Nothing was done. Click again, or write `/rollout {RunVerbs.Word(click.Verb)} {SlackText.Escape(run.RunId)} REASON`.", cancellation);
        }
    }

    /// <summary>What a rollback would do; null where it cannot be told in time.</summary>
    private async Task<RollbackPreviewAnswer?> LookBackAsync(string runId, CancellationToken cancellation)
    {
        using var glance = new CancellationTokenSource(Glance, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(glance.Token, cancellation);
        try
        {
            return await rollback.ReadAsync(runId, both.Token).WaitAsync(both.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or ProblemException && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A dialog for {RunId} did not open in Slack: {Why}")]
    private partial void LogNotOpened(string runId, string why);
}
