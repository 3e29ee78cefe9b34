using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>A click on a button of ours.</summary>
internal sealed record SlackClick : SlackInteraction
{
    public required RunVerb Verb { get; init; }

    /// <summary>What the button stands for.</summary>
    public required SlackButton Button { get; init; }

    /// <summary>Opens a dialog within three seconds of the click, once.</summary>
    public required string TriggerId { get; init; }

    /// <summary>Where the person can be answered.</summary>
    public required SlackPlace Place { get; init; }

    /// <summary>The same however often Slack delivers the click.</summary>
    public required string Id { get; init; }

    /// <summary>Reads a click; null where the button is none of ours, or has nothing to tell a server, as one that opens a link.</summary>
    public static SlackClick? Read(JsonElement payload, SlackSender sender)
    {
        if (SlackJson.List(payload, "actions") is not { } actions || actions.GetArrayLength() == 0) throw SlackProblems.Odd("'actions' is missing or empty");
        var action = actions[0];
        if (action.ValueKind != JsonValueKind.Object) throw SlackProblems.Odd("'actions' holds something else than objects");
        if (SlackButton.VerbOf(SlackJson.Text(action, "action_id")) is not { } verb) return null;
        var container = SlackJson.Object(payload, "container");
        var message = SlackJson.Object(payload, "message");
        var ts = SlackJson.Text(message, "ts") ?? SlackJson.Text(container, "message_ts");
        return new SlackClick
        {
            Sender = sender,
            Verb = verb,
            Button = SlackButton.Read(SlackJson.Text(action, "value")) ?? throw SlackProblems.Odd("the button's 'value' names no run"),
            TriggerId = SlackJson.Require(SlackJson.Text(payload, "trigger_id"), "trigger_id"),
            Place = new SlackPlace
            {
                Channel = SlackJson.Id(SlackJson.Object(payload, "channel"), "id") ?? SlackJson.Id(container, "channel_id"),
                Thread = SlackJson.Text(message, "thread_ts") ?? ts,
                ResponseUrl = SlackJson.Text(payload, "response_url"),
            },
            Id = $"{sender.Identity.Id}/{ts}/{verb}/{SlackJson.Require(SlackJson.Text(action, "action_ts"), "action_ts")}",
        };
    }
}
