using System.Globalization;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Which issues stand in the way of <c>incident/none</c>. Pure.</summary>
internal static class IncidentSearch
{
    private const int Shown = 5;

    /// <summary>The labels by which incidents are looked for.</summary>
    public static IReadOnlyList<string> LabelsOf(IncidentNoneStep step) => step.Labels.Count > 0 ? step.Labels : [IncidentSeverity.IncidentLabel];

    /// <summary>The incidents in the way, open ones first, then the oldest.</summary>
    public static IReadOnlyList<GitHubIssue> InTheWay(IEnumerable<GitHubIssue> issues, IncidentNoneStep step, DateTimeOffset now) =>
    [
        .. issues
            .DistinctBy(issue => issue.Number)
            .Where(issue => !issue.IsPullRequest
                && LabelsOf(step).All(label => issue.Labels.Contains(label, StringComparer.OrdinalIgnoreCase))
                && IncidentSeverity.IsAtLeast(IncidentSeverity.Of(issue.Labels), step.Severity)
                && WasRecent(issue, step.For, now)
                && WasOldEnough(issue, step.OlderThan, now))
            .OrderBy(issue => issue.State)
            .ThenBy(issue => issue.CreatedAt),
    ];

    /// <summary>One sentence about them.</summary>
    public static string Describe(GitHubRepository repository, IReadOnlyList<GitHubIssue> found, IncidentNoneStep step)
    {
        var what = $"incident of severity {step.Severity}{(step.Severity == IncidentSeverity.All[^1] ? "" : " or above")}";
        if (found.Count == 0) return $"{repository} has no open {what}{(step.For is { } span ? $", and had none within the last {PlaybookDuration.Format(span)}" : "")}.";
        var listed = string.Join("; ", found.Take(Shown).Select(issue => $"#{issue.Number} {issue.Title} ({StandingOf(issue)}, {issue.Url})"));
        return $"{repository} has {found.Count} {(found.Count == 1 ? what : what.Replace("incident", "incidents", StringComparison.Ordinal))}: {listed}{(found.Count > Shown ? $"; and {found.Count - Shown} more" : "")}.";
    }

    private static string StandingOf(GitHubIssue issue) => issue.State == GitHubState.Open
        ? "open"
        : string.Create(CultureInfo.InvariantCulture, $"closed {issue.ClosedAt?.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    private static bool WasRecent(GitHubIssue issue, TimeSpan? span, DateTimeOffset now) =>
        issue.State == GitHubState.Open || (span is { } past && issue.ClosedAt is { } closed && closed > now - past);

    private static bool WasOldEnough(GitHubIssue issue, TimeSpan? least, DateTimeOffset now) =>
        least is not { } age || (issue.ClosedAt is { } closed && issue.State == GitHubState.Closed ? closed : now) - issue.CreatedAt >= age;
}
