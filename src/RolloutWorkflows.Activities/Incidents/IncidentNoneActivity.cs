using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>incident/none</c>: an incident in the way is Failed, a GitHub that does not tell is Errored.</summary>
internal sealed class IncidentNoneActivity(IGitHub gitHub, Grants grants, TimeProvider time, ILogger<IncidentNoneActivity> logger)
    : StepActivity<IncidentNoneStep>(time, logger)
{
    private const int Most = 1000;

    protected override async Task<StepResult> ExecuteAsync(StepCall<IncidentNoneStep> call, CancellationToken cancellation)
    {
        var (step, now) = (call.Step, Time.GetUtcNow());
        if (IncidentRepository.Of(step.Repository, call.Request.Channels, out var problem) is not { } repository) return Errored($"incident/none {problem}");
        if (grants.RefusalOfRepository(call.Request.Playbook, repository) is { } refusal) return Errored($"Nothing was asked: {refusal}.");
        try
        {
            var labels = IncidentSearch.LabelsOf(step);
            var issues = await gitHub.ListIssuesAsync(repository, new GitHubIssueFilter { Labels = labels, State = GitHubState.Open, Limit = Most }, cancellation);
            if (step.For is { } past)
                issues = [.. issues, .. await gitHub.ListIssuesAsync(repository, new GitHubIssueFilter { Labels = labels, State = GitHubState.Closed, Since = now - past, Limit = Most }, cancellation)];
            var found = IncidentSearch.InTheWay(issues, step, now);
            (string, object?) output = ("incidents", found.Select(issue => new { issue.Number, issue.Title, issue.Url, Severity = IncidentSeverity.Of(issue.Labels), State = issue.State == GitHubState.Open ? "open" : "closed" }));
            var message = IncidentSearch.Describe(repository, found, step);
            return found.Count == 0 ? Passed(message, output) : Failed(message, output);
        }
        catch (GitHubException none)
        {
            return Errored($"GitHub does not tell of the incidents of {repository}: {none.Message}");
        }
    }
}
