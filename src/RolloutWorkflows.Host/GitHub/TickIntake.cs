using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>
/// Takes the ticks that people make in the checklist of a release issue, by the sender of a verified edit, or by whom GitHub's
/// own history names. Boxes outside a run's block, and boxes of the machine, are nobody's answer. Thread-safe.
/// </summary>
internal sealed partial class TickIntake(IssueRuns runs, IssueSelf self, TickVotes votes, ILogger<TickIntake> log)
{
    /// <summary>Takes an edit of which a webhook tells.</summary>
    /// <exception cref="GitHubException">GitHub was to say who this server is there, and did not.</exception>
    public async Task<GitHubTaken> TakeAsync(GitHubDelivery delivery)
    {
        if (delivery is not { Repository: { } repository, Issue: { } number }) return GitHubTaken.Ignored("it is about no issue");
        if (GitHubJson.Text(delivery.Payload, "changes", "body", "from") is not { } from || GitHubJson.Moment(delivery.Payload, "issue", "updated_at") is not { } at) return GitHubTaken.Ignored("the issue's text was not edited");
        var to = GitHubJson.Text(delivery.Payload, "issue", "body") ?? "";
        var touched = (await runs.FindAsync(repository, number)).Where(run => IssueBody.BlockOf(run.RunId, from) != IssueBody.BlockOf(run.RunId, to)).ToList();
        if (touched.Count == 0) return GitHubTaken.Ignored("no rollout's block was changed");
        if (await self.WhyNotAPersonAsync(delivery.Sender, viaApp: null) is { } nobody)
        {
            foreach (var run in touched)
            {
                LogPassedOver(run.RunId, nobody);
                await runs.TellAsync(run.RunId);
            }

            return GitHubTaken.Ignored(nobody);
        }

        var said = new List<string>();
        foreach (var run in touched) said.Add(await TakeAsync(run, new BodyEdit(delivery.Sender!, at, from, to)));
        return new GitHubTaken(string.Join(' ', said));
    }

    private async Task<string> TakeAsync(IssueRun run, BodyEdit edit)
    {
        var ticks = IssueBody.Differences(run.RunId, edit.From, edit.To);
        var counted = await votes.TakeAsync(run, [.. ticks.Where(tick => tick.Box.IsForPeople)], edit);
        // Boxes of the machine are put back and explained by whoever keeps the block.
        await runs.TellAsync(run.RunId);
        return ticks.Count == 0 ? $"The checklist of {run.RunId} was changed and is looked at." : $"{counted} of {ticks.Count} changed boxes of {run.RunId} counted.";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "An edit of the checklist of {Run} is nobody's answer: {Why}")]
    private partial void LogPassedOver(string run, string why);
}
