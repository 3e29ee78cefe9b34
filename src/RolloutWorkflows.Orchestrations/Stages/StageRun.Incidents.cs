using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>No promotion while an incident that the run opened is open.</summary>
internal sealed partial class StageRun
{
    private const string OpensIncidents = "incident/open";

    /// <summary>How often a place that does not answer is asked again.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(5);

    /// <summary>Holds until the run's incidents are closed, or people go on past them. Where nobody can tell, it waits until somebody can.</summary>
    public async Task AwaitIncidentsAsync()
    {
        if (!PlaybookSteps.All(playbook).Any(entry => entry.Step.Uses == OpensIncidents)) return;
        while (true)
        {
            await PassHoldAsync();
            var found = await FindIncidentsAsync();
            if (found is { Open.Count: 0, Problem: null }) return;
            if (found is { Open.Count: 0, MayPass: true })
            {
                Enter(RunTrigger.PromotionStarted, $"{stage.Name} is not promoted before its incidents can be looked at: {found.Problem}");
                await PauseAsync(input.Clock.Paced(LookAgainAfter));
                continue;
            }

            var why = found.Open.Count > 0
                ? $"{stage.Name} is not promoted while {(found.Open.Count == 1 ? "an incident" : "incidents")} of this run {(found.Open.Count == 1 ? "is" : "are")} open: {string.Join("; ", found.Open.Select(incident => $"{incident.Issue} {incident.Title} ({incident.Url})"))}; close {(found.Open.Count == 1 ? "it" : "them")}, then retry"
                : $"{stage.Name} is not promoted, since its incidents cannot be looked at: {found.Problem}";
            if (await AwaitChoiceAsync(why, Role.Incidents, RunVerb.Retry, RunVerb.Ignore) == StageControlKind.Ignore) return;
        }
    }

    private async Task<OpenIncidentsResult> FindIncidentsAsync()
    {
        try
        {
            return await context.CallActivityAsync<OpenIncidentsResult>(
                ActivityNames.FindOpenIncidents, new OpenIncidentsRequest([input.Rollout.RunId, .. input.Rollout.Supersedes is { } earlier ? [earlier.RunId] : Array.Empty<string>()]));
        }
        catch (TaskFailedException failure)
        {
            return new OpenIncidentsResult { Problem = failure.FailureDetails.ErrorMessage };
        }
    }
}
