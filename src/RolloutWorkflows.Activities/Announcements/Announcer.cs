using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Puts announcements to the audiences of a playbook into the outbox.</summary>
internal sealed class Announcer(IOutbox outbox, OutboxLanes lanes, IEnumerable<IAudienceChannel> kinds)
{
    private const int SummaryLength = 120;

    /// <summary>Puts one in, once by its id; null where it stands there, otherwise why this host cannot tell the audience.</summary>
    public async Task<string?> PutAsync(Announcement announcement, Channels channels, CancellationToken cancellation)
    {
        if (!channels.Audiences.TryGetValue(announcement.Audience, out var audience)) return "the playbook has no such channel";
        if (kinds.Select(kind => (Kind: kind, Place: kind.PlaceOf(audience))).FirstOrDefault(found => found.Place is not null) is not { Place: { } place } way) return "Slack is not connected";
        if (way.Kind.ObstacleTo(place) is { } obstacle) return obstacle;

        var lane = AudienceLane.NameOf(way.Kind.Kind, place);
        await outbox.StoreAsync(announcement.Run, lane, [ToMessage(announcement)], cancellation: cancellation);
        await lanes.WakeAsync(announcement.Run, [lane], cancellation);
        return null;
    }

    private static ChannelMessage ToMessage(Announcement announcement) => new()
    {
        MessageId = announcement.Id,
        RunId = announcement.Run,
        At = announcement.At,
        Summary = announcement.Text.Length <= SummaryLength ? announcement.Text : $"{announcement.Text[..SummaryLength]}…",
        Content = JsonSerializer.SerializeToElement(announcement, JsonSerializerOptions.Web),
    };
}
