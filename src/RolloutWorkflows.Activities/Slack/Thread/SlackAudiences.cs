using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Tells audiences that are Slack channels.</summary>
internal sealed class SlackAudiences(ISlack slack, SlackPosts posts, IChannelMemories memories) : IAudienceChannel
{
    public string Kind => "slack";

    public string? PlaceOf(Audience audience) => audience.Slack;

    public string? ObstacleTo(string place) => slack.IsConnected ? null : "Slack is not connected";

    public Task<Delivery> DeliverAsync(string place, ChannelMessage message, CancellationToken cancellation) => SlackDeliveries.TryAsync(async () =>
    {
        var announcement = message.Content.Deserialize<Announcement>(JsonSerializerOptions.Web)!;
        var text = SlackText.Escape(announcement.Text);
        var memory = new SlackMemory(memories.Of(message.RunId, AudienceLane.NameOf(Kind, place)));
        var (posted, _) = await posts.PostOnceAsync(
            message.MessageId,
            message.RunId,
            new SlackMessage { Channel = place, Text = SlackText.Cut(text, 3000), Blocks = SlackBlocks.Message(SlackApprovalText.Paragraphs([text])) },
            message.At,
            memory,
            cancellation);
        return Delivery.Done($"{posted.Channel}/{posted.Ts}");
    });
}
