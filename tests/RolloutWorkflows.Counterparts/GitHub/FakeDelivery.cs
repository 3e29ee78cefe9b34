using System.Collections.Concurrent;

namespace RolloutWorkflows.Counterparts;

/// <summary>One webhook.</summary>
/// <param name="Id">The delivery's id.</param>
/// <param name="Event">Such as <c>issue_comment</c>.</param>
/// <param name="Action">Such as <c>created</c>.</param>
/// <param name="Body">The bytes that are signed.</param>
public sealed record FakeDelivery(string Id, string Event, string Action, byte[] Body)
{
    /// <summary>The statuses it was answered with, in order.</summary>
    public ConcurrentQueue<int> Answers { get; } = [];
}
