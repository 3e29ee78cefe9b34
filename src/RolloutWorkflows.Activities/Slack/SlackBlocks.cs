using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>Blocks of messages, cut to what Slack takes. Texts in its markup are verbatim, so that nothing in them becomes a link or a mention by itself; they are escaped by <see cref="SlackText"/>. Pure.</summary>
public static class SlackBlocks
{
    /// <summary>Characters of a section's text.</summary>
    public const int MaximumSection = 3000;

    /// <summary>Blocks of a message.</summary>
    public const int MaximumBlocks = 50;

    /// <summary>Characters of a button's value.</summary>
    public const int MaximumValue = 2000;

    /// <summary>Characters of a button's text.</summary>
    public const int MaximumButtonText = 75;

    /// <summary>Characters of an action's id.</summary>
    public const int MaximumActionId = 255;

    /// <summary>Characters of a header's text.</summary>
    public const int MaximumHeader = 150;

    /// <summary>A large line of plain text.</summary>
    public static JsonObject Header(string text) => new() { ["type"] = "header", ["text"] = PlainText(text, MaximumHeader) };

    /// <summary>A paragraph in Slack's markup.</summary>
    public static JsonObject Section(string markup) => new() { ["type"] = "section", ["text"] = Markup(markup) };

    /// <summary>A small grey line in Slack's markup.</summary>
    public static JsonObject Context(string markup) => new() { ["type"] = "context", ["elements"] = new JsonArray(Markup(markup)) };

    public static JsonObject Divider() => new() { ["type"] = "divider" };

    /// <summary>Buttons in a row.</summary>
    public static JsonObject Actions(string blockId, params IEnumerable<JsonObject> buttons) =>
        new() { ["type"] = "actions", ["block_id"] = SlackText.Cut(blockId, MaximumActionId), ["elements"] = new JsonArray([.. buttons]) };

    /// <summary>A button that tells where it was clicked by its action id and value, which are never cut: too long is an <see cref="ArgumentException"/>.</summary>
    /// <param name="actionId">What it does.</param>
    /// <param name="text">What stands on it.</param>
    /// <param name="value">What comes back.</param>
    /// <param name="style"><c>primary</c> or <c>danger</c>; null: neither.</param>
    public static JsonObject Button(string actionId, string text, string value, string? style = null)
    {
        if (actionId.Length > MaximumActionId) throw new ArgumentException($"the action id has {actionId.Length} characters; at most {MaximumActionId}", nameof(actionId));
        if (value.Length > MaximumValue) throw new ArgumentException($"the value has {value.Length} characters; at most {MaximumValue}", nameof(value));
        var button = new JsonObject { ["type"] = "button", ["action_id"] = actionId, ["text"] = PlainText(text, MaximumButtonText), ["value"] = value };
        if (style is not null) button["style"] = style;
        return button;
    }

    /// <summary>Text without markup.</summary>
    public static JsonObject PlainText(string text, int maximum) => new() { ["type"] = "plain_text", ["text"] = SlackText.Cut(text, maximum), ["emoji"] = false };

    /// <summary>A message's blocks: those beyond what Slack takes are left out, and the last one says so.</summary>
    public static JsonArray Message(params IEnumerable<JsonObject> blocks)
    {
        var all = blocks.ToList();
        if (all.Count <= MaximumBlocks) return [.. all];
        return [.. all.Take(MaximumBlocks - 1), Context($"{all.Count - MaximumBlocks + 1} more are left out here; `rollout status` shows all.")];
    }

    private static JsonObject Markup(string markup) => new() { ["type"] = "mrkdwn", ["text"] = SlackText.Cut(markup, MaximumSection), ["verbatim"] = true };
}
