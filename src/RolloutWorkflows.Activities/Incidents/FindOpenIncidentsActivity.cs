using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Looks which incidents that runs opened, by their journals, are still open. One that was deleted is closed.</summary>
[DurableTask(ActivityNames.FindOpenIncidents)]
internal sealed class FindOpenIncidentsActivity(IGitHub gitHub, IEffectJournal journal) : TaskActivity<OpenIncidentsRequest, OpenIncidentsResult>
{
    public override async Task<OpenIncidentsResult> RunAsync(TaskActivityContext context, OpenIncidentsRequest input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        var open = new List<OpenIncident>();
        GitHubException? unknown = null;
        foreach (var place in await IncidentsAsync(input.RunIds, stopping))
        {
            try
            {
                var issue = await gitHub.GetIssueAsync(place.Repository, place.Number, stopping);
                if (issue.State == GitHubState.Open) open.Add(new OpenIncident(place.ToString(), IssueText.OneLine(issue.Title, 200), issue.Url));
            }
            catch (GitHubException gone) when (gone.Kind is GitHubFailure.NotFound or GitHubFailure.Gone)
            {
                // Deleted, or moved away.
            }
            catch (GitHubException none)
            {
                unknown ??= none;
            }
        }

        return new OpenIncidentsResult { Open = open, Problem = unknown?.Message, MayPass = unknown?.MayPass == true };
    }

    private async Task<IReadOnlyList<IssuePlace>> IncidentsAsync(IReadOnlyList<string> runs, CancellationToken stopping)
    {
        var places = new List<IssuePlace>();
        foreach (var run in runs)
        {
            places.AddRange((await journal.ListAsync(run, stopping))
                .Where(effect => effect.Uses == "incident/open")
                .Select(IncidentReport.Of)
                .Select(report => report.Number is { } number && GitHubRepository.TryParse(report.Repository, out var repository) ? new IssuePlace(repository, number) : null)
                .OfType<IssuePlace>());
        }

        return [.. places.Distinct()];
    }
}
