using System.Text.Json;

namespace RolloutWorkflows.Host;

/// <summary>A dialog of ours that somebody sent off.</summary>
internal sealed record SlackSubmission : SlackInteraction
{
    /// <summary>The dialog's id: each opening has its own, and each sending of it has the same.</summary>
    public required string ViewId { get; init; }

    /// <summary>What the dialog was opened for.</summary>
    public required SlackDialog Dialog { get; init; }

    /// <summary>What the person wrote, trimmed; null: nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>Reads a dialog; null where it is none of ours.</summary>
    public static SlackSubmission? Read(JsonElement payload, SlackSender sender)
    {
        var view = SlackJson.Object(payload, "view") ?? throw SlackProblems.Odd("'view' is missing");
        if (SlackJson.Text(view, "callback_id") != SlackDialog.CallbackId) return null;
        var values = SlackJson.Object(SlackJson.Object(view, "state"), "values");
        var reason = SlackJson.Text(SlackJson.Object(SlackJson.Object(values, SlackDialog.ReasonId), SlackDialog.ReasonId), "value");
        return new SlackSubmission
        {
            Sender = sender,
            ViewId = SlackJson.Require(SlackJson.Id(view, "id"), "view.id"),
            Dialog = SlackDialog.Read(SlackJson.Text(view, "private_metadata")) ?? throw SlackProblems.Odd("the view's 'private_metadata' names no run"),
            Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(),
        };
    }
}
