using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What stands in a lane between the channel's own messages: places that somebody waits for, and lines of which the channel could make no message. Pure.</summary>
public static class OutboxMarks
{
    private const string MarkPrefix = "mark:";
    private const string UnmadePrefix = "unmade:";

    /// <summary>A place at which an orchestration is to be told that everything before it is shown.</summary>
    public static ChannelMessage Mark(string lane, RunLogEntry line, AwaitedMark awaited) => new()
    {
        MessageId = $"{MarkPrefix}{lane}:{line.EntryId}",
        RunId = line.RunId,
        At = line.At,
        Summary = line.Message,
        Content = JsonSerializer.SerializeToElement(awaited, JsonSerializerOptions.Web),
    };

    /// <summary>A line whose message could not be made: it is parked where people see it.</summary>
    public static ChannelMessage Unmade(string lane, RunLogEntry line, string problem) => new()
    {
        MessageId = $"{UnmadePrefix}{lane}:{line.EntryId}",
        RunId = line.RunId,
        At = line.At,
        Summary = line.Message,
        Content = JsonSerializer.SerializeToElement($"no message could be made of this line of the record: {problem}"),
    };

    public static bool IsMark(ChannelMessage message) => message.MessageId.StartsWith(MarkPrefix, StringComparison.Ordinal);

    /// <summary>Who waits at a mark.</summary>
    public static AwaitedMark AwaitedAt(ChannelMessage mark) => mark.Content.Deserialize<AwaitedMark>(JsonSerializerOptions.Web)!;

    /// <summary>Why no message could be made; null for every other message.</summary>
    public static string? ProblemOf(ChannelMessage message) =>
        message.MessageId.StartsWith(UnmadePrefix, StringComparison.Ordinal) ? message.Content.GetString() : null;
}
