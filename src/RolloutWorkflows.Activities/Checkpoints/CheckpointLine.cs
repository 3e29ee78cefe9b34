using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>One line of a tracker file. Pure.</summary>
/// <param name="Shown">What people read.</param>
/// <param name="Mark">What tells it from every other line; hidden where the file is shown as Markdown.</param>
internal sealed record CheckpointLine(string Shown, string Mark)
{
    /// <summary>The same however often the step is delivered.</summary>
    /// <param name="effectId">Names the step's one effect.</param>
    /// <param name="at">When it was first tried, on the real clock.</param>
    /// <param name="runId">The run.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="text">What the playbook says; it may hold what came from outside.</param>
    public static CheckpointLine Of(string effectId, DateTimeOffset at, string runId, string stage, string text) => new(
        string.Create(CultureInfo.InvariantCulture, $"- {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {runId}, {stage}: {IssueText.Inline(text)}"),
        $"<!-- rollout:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(effectId)))[..16]} -->");

    /// <summary>The file's text with the line at its end, or null where the line stands in it.</summary>
    public string? AppendedTo(string file)
    {
        if (file.Contains(Mark, StringComparison.Ordinal)) return null;
        var end = file.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return $"{file}{(file.Length == 0 || file[^1] == '\n' ? "" : end)}{Shown} {Mark}{end}";
    }
}
