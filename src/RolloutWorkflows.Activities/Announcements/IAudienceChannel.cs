using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Tells audiences of one kind, such as webhooks. Announcements and notices reach it through the outbox: each place is a
/// lane of the run, <c>KIND:PLACE</c>. Thread-safe.
/// </summary>
internal interface IAudienceChannel
{
    /// <summary>The kind, which begins the lane's name: <c>webhook</c>, <c>slack</c>. No colon in it.</summary>
    string Kind { get; }

    /// <summary>Where an audience of this kind is told; null: it is of another kind.</summary>
    string? PlaceOf(Audience audience);

    /// <summary>Why this host cannot tell anybody there as it is configured; null: it can, or will be able to.</summary>
    string? ObstacleTo(string place);

    /// <summary>Tells it, once however often it is called with the same message. The content is an <see cref="Announcement"/> as JSON for the web.</summary>
    Task<Delivery> DeliverAsync(string place, ChannelMessage message, CancellationToken cancellation);
}
