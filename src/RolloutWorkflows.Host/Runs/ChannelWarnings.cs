using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>
/// Says where a run will not be shown, since this server is not connected to what its playbook names. Such a run starts all
/// the same: nobody may be kept from rolling out, or back, by a place that only shows it.
/// </summary>
internal sealed class ChannelWarnings(IGitHub gitHub, ISlack slack, IRunLog log, TimeProvider time)
{
    /// <summary>One sentence for each such place; empty where there is none.</summary>
    public IReadOnlyList<string> Of(Playbook playbook) => [.. Each(playbook)];

    /// <summary>Keeps them in the run's record.</summary>
    public async Task RecordAsync(string runId, Playbook playbook, CancellationToken cancellation)
    {
        foreach (var (number, warning) in Of(playbook).Index())
        {
            await log.AppendAsync(new RunLogEntry
            {
                EntryId = $"{runId}#unshown.{number}",
                RunId = runId,
                At = time.GetUtcNow(),
                PlaybookTime = time.GetUtcNow(),
                Kind = RunLogKind.Announced,
                Actor = "rollout",
                Message = warning,
            }, cancellation);
        }
    }

    private IEnumerable<string> Each(Playbook playbook)
    {
        if (playbook.Channels.ReleaseIssue is { } issue && !gitHub.IsConnected)
            yield return $"This server is not connected to GitHub, so no issue of {issue.Repository} shows this run. Configure extensions.rollout.gitHub in host.json before the next start.";
        if (playbook.Channels.Slack is { } thread && !slack.IsConnected)
            yield return $"This server is not connected to Slack, so no thread in {thread.Channel} shows this run. Configure extensions.rollout.slack in host.json before the next start.";
    }
}
