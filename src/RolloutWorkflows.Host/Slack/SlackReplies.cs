using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Tells one person in Slack something that nobody else sees. Thread-safe.</summary>
internal sealed partial class SlackReplies(ISlack slack, ILogger<SlackReplies> log)
{
    /// <summary>Answers by Slack's address for answers, or where that is worth nothing any more in the channel. What cannot be told is logged; the run's record has it either way.</summary>
    /// <param name="who">Who is told.</param>
    /// <param name="place">Where they were.</param>
    /// <param name="markup">What, in Slack's markup, with what is of others escaped.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task TellAsync(SlackSender who, SlackPlace place, string markup, CancellationToken cancellation)
    {
        var problem = await RespondAsync(place, markup, cancellation);
        if (problem is null) return;
        if (place.Channel is { } channel)
        {
            try
            {
                await slack.PostEphemeralAsync(new SlackEphemeral { Channel = channel, User = who.User, Text = markup }, cancellation);
                return;
            }
            catch (SlackException error)
            {
                problem = error.Message;
            }
        }

        LogNotTold(who.Identity.Id, problem);
    }

    /// <summary>Null where it was taken; otherwise why not.</summary>
    private async Task<string?> RespondAsync(SlackPlace place, string markup, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(place.ResponseUrl, UriKind.Absolute, out var address)) return "Slack gave no address for answers";
        try
        {
            await slack.RespondAsync(address, new SlackResponse { Text = markup }, cancellation);
            return null;
        }
        catch (SlackException error)
        {
            return error.Message;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Who} could not be answered in Slack: {Why}")]
    private partial void LogNotTold(string who, string why);
}
