using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>
/// What this service asks of Slack. Only the configured address and response addresses of Slack are called. Everything
/// that goes wrong is a <see cref="SlackException"/> whose message never holds a token. Thread-safe.
/// </summary>
public interface ISlack
{
    /// <summary>Whether the host's configuration has a bot token; without one every call is refused.</summary>
    bool IsConnected { get; }

    /// <summary>Posts a message into a channel or thread. It waits for its turn: Slack takes one message a second and channel.</summary>
    Task<SlackPosted> PostMessageAsync(SlackMessage message, CancellationToken cancellation = default);

    /// <summary>Rewrites a message of ours.</summary>
    Task<SlackPosted> UpdateAsync(SlackUpdate update, CancellationToken cancellation = default);

    /// <summary>Shows one person a message that nobody else sees and that is gone when they reload.</summary>
    Task PostEphemeralAsync(SlackEphemeral message, CancellationToken cancellation = default);

    /// <summary>Opens a dialog for the person who just clicked.</summary>
    /// <param name="triggerId">The click's <c>trigger_id</c>; worth three seconds.</param>
    /// <param name="view">The view, of type <c>modal</c>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The view's id.</returns>
    Task<string> OpenViewAsync(string triggerId, JsonObject view, CancellationToken cancellation = default);

    /// <summary>Answers a click or slash command by its <c>response_url</c>, which is worth five answers in 30 minutes. An address that is not Slack's is refused and not called.</summary>
    Task RespondAsync(Uri responseUrl, SlackResponse response, CancellationToken cancellation = default);

    /// <summary>Messages of a thread, oldest first, its first message included.</summary>
    Task<SlackMessages> RepliesAsync(SlackRange range, CancellationToken cancellation = default);

    /// <summary>Messages of a channel outside threads, newest first.</summary>
    Task<SlackMessages> HistoryAsync(SlackRange range, CancellationToken cancellation = default);

    /// <summary>Whom the bot token belongs to, and what it may do.</summary>
    Task<SlackIdentity> AuthTestAsync(CancellationToken cancellation = default);

    /// <summary>Asks, with the app token, for the address of a WebSocket that brings clicks and commands; it is used once and soon.</summary>
    Task<Uri> OpenConnectionAsync(CancellationToken cancellation = default);
}
