using System.Security.Cryptography;
using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>Which workflow run is the one that a dispatch started, where GitHub's answer does not say. Pure.</summary>
internal static class WorkflowRunSearch
{
    /// <summary>How far GitHub's clock may be behind ours.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>How long a workflow run may take to appear; seconds as a rule.</summary>
    public static readonly TimeSpan Appears = TimeSpan.FromMinutes(3);

    /// <summary>The text by which a dispatch is told from all others; short, and the same however often it is asked for.</summary>
    public static string MarkOf(string effectId) => $"rollout-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(effectId)))[..12]}";

    /// <summary>The runs that may be it: one, none yet, or several that cannot be told apart.</summary>
    /// <param name="runs">Runs of the workflow.</param>
    /// <param name="sent">The dispatch.</param>
    /// <param name="reference">The branch or tag.</param>
    /// <param name="self">Our account.</param>
    /// <param name="mark">The mark that the run shows in its name; null: it shows none.</param>
    /// <param name="taken">Runs that are known to be others'.</param>
    public static IReadOnlyList<GitHubWorkflowRun> Candidates(
        IReadOnlyList<GitHubWorkflowRun> runs, WorkflowDispatching sent, string reference, GitHubUser self, string? mark, IReadOnlyCollection<long> taken)
    {
        var possible = runs.Where(run => run.Event == "workflow_dispatch"
            && run.CreatedAt >= sent.At - Skew
            && !taken.Contains(run.Id)
            && !sent.Failed.Contains(run.Id));
        return mark is not null
            ? [.. possible.Where(run => run.Title?.Contains(mark, StringComparison.Ordinal) == true)]
            : [.. possible.Where(run => run.Actor?.Id == self.Id && (run.HeadBranch is null || run.HeadBranch == ShortOf(reference)))];
    }

    /// <summary>A branch's or tag's name as workflow runs carry it.</summary>
    public static string ShortOf(string reference)
    {
        foreach (var prefix in new[] { "refs/heads/", "refs/tags/" })
            if (reference.StartsWith(prefix, StringComparison.Ordinal)) return reference[prefix.Length..];
        return reference;
    }
}
