using System.Security.Cryptography;
using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The hidden marks by which the release issue's projection finds its own traces again. Believed only in what we wrote
/// ourselves, by the author's numeric id. Names of runs and messages hold neither white space nor angle brackets.
/// </summary>
internal static class IssueTags
{
    public const string AnyBegin = "<!-- rollout:begin ";

    private const string Close = " -->";

    /// <summary>Opens a run's block in the body.</summary>
    public static string Begin(string runId) => AnyBegin + runId + Close;

    /// <summary>Closes it.</summary>
    public static string End(string runId) => "<!-- rollout:end " + runId + Close;

    /// <summary>Marks the comment that shows a run's state and is edited in place.</summary>
    public static string Status(string runId) => "<!-- rollout:status=" + runId + Close;

    /// <summary>Marks the comment of one message.</summary>
    public static string Message(string messageId) => "<!-- rollout:message=" + messageId + Close;

    /// <summary>A message's id of the id of the record's line: short, and of letters that a tag can hold.</summary>
    public static string MessageIdOf(string entryId) => "issue-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entryId)))[..20];
}
