using System.Globalization;

namespace RolloutWorkflows.Activities;

/// <summary>The command ids of what people say in the release issue: the same however often the same thing reaches us.</summary>
public static class IssueCommands
{
    private const string Comment = "github-comment:";

    private const string Tick = "github-tick:";

    /// <summary>What a comment says.</summary>
    public static string OfComment(long commentId) => string.Create(CultureInfo.InvariantCulture, $"{Comment}{commentId}");

    /// <summary>What ticking a question's box says.</summary>
    public static string OfTick(string approvalId, long userId) => string.Create(CultureInfo.InvariantCulture, $"{Tick}{approvalId}:{userId}");

    /// <summary>The comment that a command was written in; null: in none.</summary>
    public static long? CommentOf(string? commandId) =>
        commandId?.StartsWith(Comment, StringComparison.Ordinal) == true && long.TryParse(commandId.AsSpan(Comment.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>True where somebody ticked a box.</summary>
    public static bool IsTick(string? commandId) => commandId?.StartsWith(Tick, StringComparison.Ordinal) == true;
}
