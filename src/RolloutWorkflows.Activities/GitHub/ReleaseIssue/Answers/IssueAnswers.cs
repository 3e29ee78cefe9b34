using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// What people who spoke in the release issue are answered there: a reaction to their comment and, where they were refused,
/// why. Made of the record, so that no crash loses an answer, and sooner by whoever has it already: the ids are the same. Pure.
/// </summary>
public static class IssueAnswers
{
    private const int MostBoxes = 10;

    /// <summary>The answers that a line of the record calls for; none for most lines.</summary>
    internal static IEnumerable<ChannelMessage> MessagesOf(RunLogEntry entry, ChannelRun run)
    {
        if (entry.Kind is not (RunLogKind.CommandAccepted or RunLogKind.CommandRefused)) return [];
        bool? accepted = entry.Kind == RunLogKind.CommandAccepted;
        var isStranger = !run.Input.People.Persons.ContainsKey(entry.Actor);
        if (IssueCommands.CommentOf(entry.CommandId) is { } comment) return ToComment(entry.RunId, comment, accepted, entry.Message, isStranger ? entry.Actor : null, entry.At);
        return accepted == false && IssueCommands.IsTick(entry.CommandId) ? [OfTicks(entry.RunId, entry.CommandId!, [entry.Message], entry.At)] : [];
    }

    /// <summary>The answers to a comment.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="comment">The comment's number.</param>
    /// <param name="accepted">What the run said; null: nothing yet.</param>
    /// <param name="why">The run's sentence.</param>
    /// <param name="stranger">Whom the run does not know, as the record names them; such people are told why once, however much they write.</param>
    /// <param name="at">The present moment.</param>
    public static IEnumerable<ChannelMessage> ToComment(string runId, long comment, bool? accepted, string why, string? stranger, DateTimeOffset at)
    {
        yield return Reaction(runId, comment, accepted switch { true => GitHubReaction.ThumbsUp, false => GitHubReaction.ThumbsDown, null => GitHubReaction.Eyes }, at);
        if (accepted != false) yield break;
        var id = stranger is null ? $"answer-{Number(comment)}" : $"answer-{Digest($"{runId}\n{stranger}")}";
        yield return Comment(runId, id, "refusal explained", $"⛔ [This comment](#issuecomment-{Number(comment)}) changed nothing: {IssueText.Inline(why, 2_000)}.", at);
    }

    /// <summary>The answer to a comment that asked for one and no more, such as where the run stands.</summary>
    public static IEnumerable<ChannelMessage> Telling(string runId, long comment, string text, DateTimeOffset at) =>
        [Reaction(runId, comment, GitHubReaction.ThumbsUp, at), Comment(runId, $"answer-{Number(comment)}", "status told", text, at)];

    /// <summary>Why ticks did not count; said once for the same boxes of the same person.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="key">The same for the same boxes of the same person.</param>
    /// <param name="why">A sentence each.</param>
    /// <param name="at">The present moment.</param>
    public static ChannelMessage OfTicks(string runId, string key, IReadOnlyList<string> why, DateTimeOffset at)
    {
        var more = why.Count > MostBoxes ? string.Create(CultureInfo.InvariantCulture, $"\n- … and {why.Count - MostBoxes} more") : "";
        var lines = string.Join('\n', why.Take(MostBoxes).Select(line => $"- {IssueText.Inline(line, 1_000)}"));
        return Comment(runId, $"tick-{Digest($"{runId}\n{key}")}", "tick explained", $"↩️ A change to the checklist did not count, and the box shows again how it stands:\n\n{lines}{more}", at);
    }

    private static ChannelMessage Reaction(string runId, long comment, GitHubReaction reaction, DateTimeOffset at) => new()
    {
        MessageId = $"reaction-{Number(comment)}-{reaction.ToString().ToLowerInvariant()}",
        RunId = runId,
        At = at,
        Summary = $"reaction {reaction.ToString().ToLowerInvariant()}",
        Content = JsonSerializer.SerializeToElement(new IssueReactionContent(comment, reaction), PlaybookJson.Options),
    };

    private static ChannelMessage Comment(string runId, string id, string summary, string text, DateTimeOffset at) => new()
    {
        MessageId = id,
        RunId = runId,
        At = at,
        Summary = summary,
        Content = JsonSerializer.SerializeToElement(new IssueCommentContent(text), PlaybookJson.Options),
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..20];
}
