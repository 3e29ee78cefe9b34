using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>
/// Finds out who ticked a box of which no webhook told, by GitHub's own history of the text: the edit before which the box
/// was not ticked and after which it was, if GitHub names a person's account for exactly that edit. Thread-safe.
/// </summary>
internal sealed class TickCatchUp(IGitHub gitHub, IssueRuns runs, IssueSelf self, TickVotes votes)
{
    public async Task<IReadOnlyList<IssueTick>> TakeUpAsync(FoundTicks found, CancellationToken cancellation = default)
    {
        if (await runs.FindAsync(found.RunId) is not { } run) return found.Ticks;
        var edits = await gitHub.ListBodyEditsAsync(found.Repository, found.Issue, cancellation);
        var left = new List<IssueTick>();
        foreach (var tick in found.Ticks)
        {
            if (await EditOfAsync(found.RunId, tick, edits, cancellation) is { } edit) await votes.TakeAsync(run, [tick], edit);
            else left.Add(tick);
        }

        return left;
    }

    /// <summary>The edit that ticked the box; null: nobody can say whose it was.</summary>
    private async Task<BodyEdit?> EditOfAsync(string runId, IssueTick tick, IReadOnlyList<GitHubBodyEdit> edits, CancellationToken cancellation)
    {
        for (var index = 0; index + 1 < edits.Count; index++)
        {
            // Newest first. A revision that is hidden or deleted may have been the one.
            if (edits[index].Text is not { } to || edits[index + 1].Text is not { } from) return null;
            if (!IsTicked(runId, tick, to)) return null;
            if (IsTicked(runId, tick, from)) continue;
            return await self.WhyNotAPersonAsync(edits[index].Editor, viaApp: null, cancellation) is null ? new BodyEdit(edits[index].Editor!, edits[index].EditedAt, from, to) : null;
        }

        return null;
    }

    private static bool IsTicked(string runId, IssueTick tick, string text) => IssueBody.Parse(runId, text).GetValueOrDefault(tick.Box);
}
