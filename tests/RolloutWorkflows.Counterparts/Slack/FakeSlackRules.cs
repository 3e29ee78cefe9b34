using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>What Slack takes of messages and views, and how it says no.</summary>
internal static class FakeSlackRules
{
    /// <summary>What is wrong with a message's arguments; null: nothing.</summary>
    public static JsonObject? RefusalOf(JsonObject arguments)
    {
        if (string.IsNullOrEmpty((string?)arguments["text"]) && arguments["blocks"] is null) return Refusal("no_text");
        if (((string?)arguments["text"])?.Length > 40_000) return Refusal("msg_too_long");
        if (arguments["metadata"] is { } metadata && (metadata["event_type"] is not JsonValue || metadata["event_payload"] is not JsonObject)) return Refusal("invalid_metadata_format");
        if (arguments["blocks"] is not { } blocks) return null;
        if (blocks is not JsonArray list) return Refusal("invalid_blocks_format");
        var problems = ProblemsOf(list, maximum: 50).ToList();
        return problems.Count == 0 ? null : Refusal("invalid_blocks", problems);
    }

    /// <summary>What is wrong with a view; null: nothing.</summary>
    public static JsonObject? RefusalOfView(JsonObject view)
    {
        var problems = new List<string>();
        if ((string?)view["type"] != "modal") problems.Add("[ERROR] unsupported type [json-pointer:/view/type]");
        problems.AddRange(TextProblems(view["title"], 24, "/view/title", plain: true));
        foreach (var key in (string[])["submit", "close"])
            if (view[key] is not null) problems.AddRange(TextProblems(view[key], 24, $"/view/{key}", plain: true));
        if (((string?)view["private_metadata"])?.Length > 3000) problems.Add("[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]");
        if (((string?)view["callback_id"])?.Length > 255) problems.Add("[ERROR] must be less than 256 characters [json-pointer:/view/callback_id]");
        if (view["blocks"] is JsonArray blocks) problems.AddRange(ProblemsOf(blocks, maximum: 100));
        else problems.Add("[ERROR] missing required field: blocks [json-pointer:/view]");
        if (view["blocks"] is JsonArray inputs && inputs.Any(block => (string?)block?["type"] == "input") && view["submit"] is null) problems.Add("[ERROR] a submit button is needed with input blocks [json-pointer:/view]");
        return problems.Count == 0 ? null : Refusal("invalid_arguments", problems);
    }

    private static IEnumerable<string> ProblemsOf(JsonArray blocks, int maximum)
    {
        if (blocks.Count > maximum) yield return $"[ERROR] no more than {maximum} items allowed [json-pointer:/blocks]";
        for (var index = 0; index < blocks.Count; index++)
            foreach (var problem in ProblemsOf((JsonObject)blocks[index]!, $"/blocks/{index}"))
                yield return problem;
    }

    private static IEnumerable<string> ProblemsOf(JsonObject block, string at)
    {
        if (((string?)block["block_id"])?.Length > 255) yield return $"[ERROR] must be less than 256 characters [json-pointer:{at}/block_id]";
        switch ((string?)block["type"])
        {
            case "divider": break;
            case "header":
                foreach (var problem in TextProblems(block["text"], 150, $"{at}/text", plain: true)) yield return problem;
                break;
            case "section":
                if (block["text"] is null && block["fields"] is null) yield return $"[ERROR] missing required field: text [json-pointer:{at}]";
                if (block["text"] is { } text)
                    foreach (var problem in TextProblems(text, 3000, $"{at}/text")) yield return problem;
                if (block["fields"] is JsonArray fields)
                {
                    if (fields.Count > 10) yield return $"[ERROR] no more than 10 items allowed [json-pointer:{at}/fields]";
                    foreach (var problem in fields.SelectMany(field => TextProblems(field, 2000, $"{at}/fields"))) yield return problem;
                }

                break;
            case "context":
                var elements = block["elements"] as JsonArray;
                if (elements is not { Count: > 0 and <= 10 }) yield return $"[ERROR] 1 to 10 items are needed [json-pointer:{at}/elements]";
                foreach (var problem in (elements ?? []).SelectMany(element => TextProblems(element, 3000, $"{at}/elements"))) yield return problem;
                break;
            case "actions":
                foreach (var problem in ButtonProblems(block["elements"] as JsonArray, at)) yield return problem;
                break;
            case "input":
                foreach (var problem in TextProblems(block["label"], 2000, $"{at}/label", plain: true)) yield return problem;
                if (block["element"] is not JsonObject) yield return $"[ERROR] missing required field: element [json-pointer:{at}]";
                break;
            default:
                yield return $"[ERROR] unsupported type: {(string?)block["type"]} [json-pointer:{at}/type]";
                break;
        }
    }

    private static IEnumerable<string> ButtonProblems(JsonArray? buttons, string at)
    {
        if (buttons is not { Count: > 0 and <= 25 })
        {
            yield return $"[ERROR] 1 to 25 items are needed [json-pointer:{at}/elements]";
            yield break;
        }

        foreach (var button in buttons.OfType<JsonObject>().Where(element => (string?)element["type"] == "button"))
        {
            foreach (var problem in TextProblems(button["text"], 75, $"{at}/text", plain: true)) yield return problem;
            if (((string?)button["value"])?.Length > 2000) yield return $"[ERROR] must be less than 2001 characters [json-pointer:{at}/value]";
            if (((string?)button["action_id"])?.Length > 255) yield return $"[ERROR] must be less than 256 characters [json-pointer:{at}/action_id]";
            if (button["style"] is { } style && (string?)style is not ("primary" or "danger")) yield return $"[ERROR] unsupported style [json-pointer:{at}/style]";
        }

        if (buttons.Select(button => (string?)button?["action_id"]).Distinct().Count() < buttons.Count) yield return $"[ERROR] `action_id` already exists [json-pointer:{at}/action_id]";
    }

    private static IEnumerable<string> TextProblems(JsonNode? text, int maximum, string at, bool plain = false)
    {
        var kind = (string?)text?["type"];
        if (text is not JsonObject || kind is not ("plain_text" or "mrkdwn") || (plain && kind != "plain_text")) yield return $"[ERROR] must be a {(plain ? "plain_text" : "text")} object [json-pointer:{at}]";
        else if ((string?)text["text"] is not { Length: > 0 } content) yield return $"[ERROR] must be more than 0 characters [json-pointer:{at}/text]";
        else if (content.Length > maximum) yield return $"[ERROR] must be less than {maximum + 1} characters [json-pointer:{at}/text]";
    }

    private static JsonObject Refusal(string error, IEnumerable<string>? messages = null)
    {
        var refusal = new JsonObject { ["ok"] = false, ["error"] = error };
        if (messages is not null) refusal["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. messages.Select(message => JsonValue.Create(message))]) };
        return refusal;
    }
}
