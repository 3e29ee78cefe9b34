using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>Messages: posting, rewriting and reading them.</summary>
public sealed partial class FakeSlack
{
    private JsonObject Post(JsonObject arguments)
    {
        if (ChannelRefusal(arguments) is { } refusal) return refusal;
        var channel = channels[(string)arguments["channel"]!];
        var thread = (string?)arguments["thread_ts"];
        if (thread is not null && channel.Messages.Find(message => message.Ts == thread) is null) return Refusal("thread_not_found");
        if (FakeSlackRules.RefusalOf(arguments) is { } malformed) return malformed;
        var message = new FakeSlackMessage
        {
            Channel = channel.Id,
            Ts = NextTs(),
            Thread = thread,
            Broadcast = thread is not null && (bool?)arguments["reply_broadcast"] == true,
            User = BotUser,
            BotId = BotId,
            Text = (string?)arguments["text"] ?? "",
            Blocks = (JsonArray?)arguments["blocks"]?.DeepClone(),
            Metadata = (JsonObject?)arguments["metadata"]?.DeepClone(),
        };
        channel.Messages.Add(message);
        return new JsonObject { ["ok"] = true, ["channel"] = channel.Id, ["ts"] = message.Ts, ["message"] = ToJson(message, withMetadata: true) };
    }

    private JsonObject Update(JsonObject arguments)
    {
        if (ChannelRefusal(arguments) is { } refusal) return refusal;
        var messages = channels[(string)arguments["channel"]!].Messages;
        var index = messages.FindIndex(message => message.Ts == (string?)arguments["ts"]);
        if (index < 0) return Refusal("message_not_found");
        if (messages[index].BotId != BotId) return Refusal("cant_update_message");
        if (FakeSlackRules.RefusalOf(arguments) is { } malformed) return malformed;
        messages[index] = messages[index] with
        {
            Text = (string?)arguments["text"] ?? "",
            Blocks = (JsonArray?)arguments["blocks"]?.DeepClone(),
            Metadata = (JsonObject?)arguments["metadata"]?.DeepClone() ?? messages[index].Metadata,
            Edits = messages[index].Edits + 1,
        };
        return new JsonObject { ["ok"] = true, ["channel"] = messages[index].Channel, ["ts"] = messages[index].Ts, ["text"] = messages[index].Text };
    }

    private JsonObject PostEphemeral(JsonObject arguments)
    {
        if (ChannelRefusal(arguments) is { } refusal) return refusal;
        if ((string?)arguments["user"] is not { } user) return Refusal("invalid_arguments");
        if (FakeSlackRules.RefusalOf(arguments) is { } malformed) return malformed;
        ephemerals.Add(new FakeSlackEphemeral((string)arguments["channel"]!, user, (string?)arguments["thread_ts"], (string?)arguments["text"] ?? "", (JsonArray?)arguments["blocks"]?.DeepClone()));
        return new JsonObject { ["ok"] = true, ["message_ts"] = NextTs() };
    }

    private JsonObject Replies(JsonObject arguments)
    {
        if (arguments["channel"] is null || arguments["ts"] is null) return Refusal("invalid_arguments");
        if (!channels.TryGetValue((string)arguments["channel"]!, out var channel)) return Refusal("channel_not_found");
        if (!channel.Member) return Refusal("not_in_channel");
        var ts = (string)arguments["ts"]!;
        var thread = channel.Messages.Where(message => message.Ts == ts || message.Thread == ts).OrderBy(message => message.Ts, StringComparer.Ordinal).ToList();
        return thread.Count == 0 ? Refusal("thread_not_found") : Page(thread, arguments);
    }

    private JsonObject History(JsonObject arguments)
    {
        if (arguments["channel"] is null) return Refusal("invalid_arguments");
        if (!channels.TryGetValue((string)arguments["channel"]!, out var channel)) return Refusal("channel_not_found");
        if (!channel.Member) return Refusal("not_in_channel");
        return Page([.. channel.Messages.Where(message => message.Thread is null || message.Broadcast).OrderByDescending(message => message.Ts, StringComparer.Ordinal)], arguments);
    }

    private JsonObject Page(List<FakeSlackMessage> messages, JsonObject arguments)
    {
        if ((string?)arguments["oldest"] is { } oldest) messages = [.. messages.Where(message => string.CompareOrdinal(message.Ts, oldest) > 0)];
        var from = (string?)arguments["cursor"] is { Length: > 0 } cursor ? int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var limit = (int?)arguments["limit"] ?? 100;
        var withMetadata = (bool?)arguments["include_all_metadata"] == true;
        var more = messages.Count > from + limit;
        return new JsonObject
        {
            ["ok"] = true,
            ["messages"] = new JsonArray([.. messages.Skip(from).Take(limit).Select(message => ToJson(message, withMetadata))]),
            ["has_more"] = more,
            ["response_metadata"] = new JsonObject { ["next_cursor"] = more ? (from + limit).ToString(System.Globalization.CultureInfo.InvariantCulture) : "" },
        };
    }

    private JsonObject? ChannelRefusal(JsonObject arguments)
    {
        if ((string?)arguments["channel"] is not { } id || !channels.TryGetValue(id, out var channel)) return Refusal("channel_not_found");
        return channel.Archived ? Refusal("is_archived") : channel.Member ? null : Refusal("not_in_channel");
    }

    private JsonObject ToJson(FakeSlackMessage message, bool withMetadata)
    {
        var json = new JsonObject { ["type"] = "message", ["user"] = message.User, ["ts"] = message.Ts, ["text"] = message.Text, ["team"] = Team };
        if (message.Thread is not null) json["thread_ts"] = message.Thread;
        else if (channels[message.Channel].Messages.Exists(reply => reply.Thread == message.Ts)) json["thread_ts"] = message.Ts;
        if (message.BotId is not null) (json["bot_id"], json["app_id"]) = (message.BotId, AppId);
        if (message.Broadcast) json["subtype"] = "thread_broadcast";
        if (message.Blocks is not null) json["blocks"] = message.Blocks.DeepClone();
        if (message.Metadata is not null) json["metadata"] = withMetadata ? message.Metadata.DeepClone() : new JsonObject { ["event_type"] = (string?)message.Metadata["event_type"] };
        if (message.Edits > 0) json["edited"] = new JsonObject { ["user"] = message.User, ["ts"] = message.Ts };
        return json;
    }
}
