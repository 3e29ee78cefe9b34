using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Takes one look at an environment that waits, and tells GitHub what the run says. Safe to repeat: what no longer waits is
/// not answered again, and the same report is not sent twice.
/// </summary>
[DurableTask(ActivityNames.AnswerProtectionRule)]
internal sealed class AnswerProtectionRuleActivity(
    IGitHub gitHub, ProtectionRuleOptions rules, ProtectedRuns runs, IRunLog log, IRunNews news, TimeProvider time, ILogger<AnswerProtectionRuleActivity> logger)
    : TaskActivity<ProtectionInput, ProtectionLook>
{
    /// <summary>GitHub takes ten, and one must be left.</summary>
    private const int MostReports = 8;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MendedAfter = TimeSpan.FromMinutes(5);

    public override async Task<ProtectionLook> RunAsync(TaskActivityContext context, ProtectionInput input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        if (!GitHubRepository.TryParse(input.Repository, out var repository)) return new ProtectionLook { Message = $"'{input.Repository}' is no repository." };
        try
        {
            return await LookAsync(repository, input, stopping);
        }
        catch (GitHubException gone) when (gone.Kind is GitHubFailure.NotFound or GitHubFailure.Gone)
        {
            return Over(input, $"GitHub knows workflow run {input.WorkflowRunId} of {repository} no more: {gone.Message}");
        }
        catch (GitHubException refused) when (refused.Kind is GitHubFailure.Validation or GitHubFailure.Conflict)
        {
            return Over(input, $"GitHub takes no answer for {input.Environment} of {repository}: {refused.Message}");
        }
        catch (GitHubException none)
        {
            if (!none.MayPass) logger.LogWarning("Environment {Environment} of {Repository} waits, and GitHub takes no answer from this server: {Problem}", input.Environment, repository, none.Message);
            return Wait(input, none.Message, none.MayPass ? Longer(LookEvery, none.RetryAfter) : MendedAfter);
        }
    }

    private async Task<ProtectionLook> LookAsync(GitHubRepository repository, ProtectionInput input, CancellationToken stopping)
    {
        var waiting = await gitHub.ListPendingDeploymentsAsync(repository, input.WorkflowRunId, stopping);
        if (!waiting.Any(pending => string.Equals(pending.Environment, input.Environment, StringComparison.OrdinalIgnoreCase)))
            return Over(input, $"{input.Environment} of {repository} does not wait any more: it was answered, cancelled, or GitHub gave it up after 30 days.");
        if (rules.Find(repository, input.Environment) is not { } rule)
            return await ReportAsync(repository, input, "This server is not told for which run the environment waits: name it under gitHub.protectionRules in its configuration.", MendedAfter, stopping);

        var run = await runs.FindAsync(rule, input, stopping);
        var verdict = ProtectionVerdict.Of(run?.Status, rule, input.Sha ?? input.Ref);
        if (verdict.Answer == GitHubVerdict.Pending) return await ReportAsync(repository, input, verdict.Why, LookEvery, stopping);
        await gitHub.AnswerProtectionRuleAsync(repository, input.WorkflowRunId, input.Environment, verdict.Answer, IssueText.Inline(verdict.Why, 900), stopping);
        if (run is not null) await RecordAsync(run.Input.RunId, repository, input, verdict, stopping);
        return Over(input, $"{input.Environment} of {repository} was {verdict.Answer.ToString().ToLowerInvariant()}: {verdict.Why}");
    }

    private async Task<ProtectionLook> ReportAsync(GitHubRepository repository, ProtectionInput input, string report, TimeSpan again, CancellationToken stopping)
    {
        if (report == input.Told || input.Reports >= MostReports) return Wait(input, report, again);
        await gitHub.AnswerProtectionRuleAsync(repository, input.WorkflowRunId, input.Environment, GitHubVerdict.Pending, IssueText.Inline(report, 900), stopping);
        return Wait(input with { Told = report, Reports = input.Reports + 1 }, report, again);
    }

    /// <summary>The answer stands in the run's record as well.</summary>
    private async Task RecordAsync(string runId, GitHubRepository repository, ProtectionInput input, ProtectionVerdict verdict, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        var line = new RunLogEntry
        {
            EntryId = $"protection:{repository}:{input.WorkflowRunId}:{input.Environment}:{verdict.Answer}",
            RunId = runId,
            At = now,
            PlaybookTime = now,
            Kind = RunLogKind.Announced,
            Actor = "rollout",
            Message = $"To GitHub: environment {input.Environment} of {repository}, workflow run {input.WorkflowRunId}, {verdict.Answer.ToString().ToLowerInvariant()}: {verdict.Why}",
        };
        await log.AppendAsync(line, stopping);
        await news.TellAsync(line, stopping);
    }

    private ProtectionLook Over(ProtectionInput input, string message)
    {
        logger.LogInformation("Workflow run {WorkflowRun}: {Message}", input.WorkflowRunId, message);
        return new ProtectionLook { Message = message, Told = input.Told, Reports = input.Reports };
    }

    private static ProtectionLook Wait(ProtectionInput input, string message, TimeSpan again) =>
        new() { Message = message, Again = again, Told = input.Told, Reports = input.Reports };

    private static TimeSpan Longer(TimeSpan one, TimeSpan? other) => other > one ? other.Value : one;
}
