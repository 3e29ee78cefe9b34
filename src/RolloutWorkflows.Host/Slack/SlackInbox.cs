using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Takes what Slack delivers, by which way ever it came, once it is established that it is Slack's. Thread-safe.</summary>
internal sealed partial class SlackInbox(SlackOptions slack, SlackClicks clicks, SlackSubmissions submissions, SlashCommands commands, ILogger<SlackInbox> log)
{
    /// <summary>Takes a click or a dialog of a form, whose one field is JSON.</summary>
    /// <exception cref="ProblemException">It is refused, and nothing was done.</exception>
    public Task<JsonObject?> InteractionAsync(SlackForm form) => LoggedAsync(() =>
        InteractionCheckedAsync(SlackJson.Parse(SlackJson.Require(form.Text("payload"), "payload")), form.SentAt));

    /// <summary>Takes a click or a dialog.</summary>
    /// <returns>What Slack is answered; null: nothing but that it arrived.</returns>
    /// <exception cref="ProblemException">It is refused, and nothing was done.</exception>
    public Task<JsonObject?> InteractionAsync(JsonElement payload, DateTimeOffset saidAt) => LoggedAsync(() => InteractionCheckedAsync(payload, saidAt));

    /// <summary>Takes a slash command.</summary>
    /// <param name="field">Gives a field by its name, null where it is absent.</param>
    /// <param name="saidAt">When it was written.</param>
    /// <param name="cancellation">Gives up reading; what is told to a run is told.</param>
    /// <returns>What its writer is shown; null: nothing.</returns>
    /// <exception cref="ProblemException">It is refused, and nothing was done.</exception>
    public Task<JsonObject?> CommandAsync(Func<string, string?> field, DateTimeOffset saidAt, CancellationToken cancellation) => LoggedAsync(async () =>
    {
        if (SlashCall.Read(field) is not { } call) return null;
        RequireOurs(call.Sender);
        return await commands.AnswerAsync(call, saidAt, cancellation);
    });

    private async Task<JsonObject?> InteractionCheckedAsync(JsonElement payload, DateTimeOffset saidAt)
    {
        var interaction = SlackInteraction.Read(payload);
        if (interaction is null) return null;
        RequireOurs(interaction.Sender);
        if (interaction is SlackSubmission submission) return await submissions.TakeAsync(submission, saidAt);
        if (interaction is SlackClick click) clicks.Take(click, saidAt);
        return null;
    }

    private void RequireOurs(SlackSender sender)
    {
        if (sender.ElsewhereThan(slack) is { } elsewhere) throw SlackProblems.ElsewhereThan(elsewhere);
    }

    private async Task<JsonObject?> LoggedAsync(Func<Task<JsonObject?>> take)
    {
        try
        {
            return await take();
        }
        catch (ProblemException refused)
        {
            LogRefused(refused.Problem.Code, refused.Problem.Detail);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What Slack delivered is refused ({Code}): {Why}")]
    private partial void LogRefused(string code, string why);
}
