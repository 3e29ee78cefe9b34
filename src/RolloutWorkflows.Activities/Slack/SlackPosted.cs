namespace RolloutWorkflows.Activities;

/// <summary>Where a message stands.</summary>
/// <param name="Channel">The channel's id.</param>
/// <param name="Ts">The message's id in its channel, such as <c>1503435956.000247</c>.</param>
public sealed record SlackPosted(string Channel, string Ts);
