using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>github/checks</c>: looks, and is called again while checks run or GitHub does not answer.</summary>
internal sealed class GitHubChecksActivity(IGitHub gitHub, Grants grants, TimeProvider time, ILogger<GitHubChecksActivity> logger)
    : StepActivity<GitHubChecksStep>(time, logger)
{
    protected override async Task<StepResult> ExecuteAsync(StepCall<GitHubChecksStep> call, CancellationToken cancellation)
    {
        var (step, request) = (call.Step, call.Request);
        if (!GitHubRepository.TryParse(step.Repository, out var repository)) return Errored($"with.repository: expected {GitHubRepository.Expected}, got '{step.Repository}'.");
        if (grants.RefusalOfRepository(request.Playbook, repository) is { } refusal) return Errored($"Nothing was asked: {refusal}.");
        // A branch may move while its checks run: what was looked up first is what is waited for.
        var sha = request.Kept is { ValueKind: JsonValueKind.String } kept ? kept.GetString() : null;
        try
        {
            sha ??= (await gitHub.GetCommitAsync(repository, step.Ref, cancellation)).Sha;
            return await LookAsync(call, repository, sha, cancellation);
        }
        catch (GitHubException none) when (none.MayPass)
        {
            return WithCommit(GitHubPolling.GoOn(request, step.Timeout, $"GitHub does not tell of {repository} at {step.Ref}: {none.Message}", none.RetryAfter), sha)
                ?? Errored($"GitHub does not tell of {repository} at {step.Ref}{GitHubPolling.InVain(request, step.Timeout)}: {none.Message}");
        }
        catch (GitHubException refused)
        {
            return Errored($"GitHub does not tell of {repository} at {step.Ref}: {refused.Message}");
        }
    }

    private async Task<StepResult> LookAsync(StepCall<GitHubChecksStep> call, GitHubRepository repository, string sha, CancellationToken cancellation)
    {
        var (step, request) = (call.Step, call.Request);
        var checks = CommitCheck.Of(await gitHub.ListCheckRunsAsync(repository, sha, cancellation), await gitHub.GetCombinedStatusAsync(repository, sha, cancellation));
        var verdict = CommitVerdict.Of(checks, step.Checks, step.MaxAge, Time.GetUtcNow());
        var message = $"{repository} at {sha[..Math.Min(8, sha.Length)]} {verdict.Why}.";
        (string, object?)[] outputs =
        [
            ("sha", sha),
            ("checks", verdict.Counted.Select(check => check.Name).Distinct(StringComparer.Ordinal)),
            ("red", verdict.Counted.Where(check => check.State == CommitCheckState.Red).Select(check => check.Name).Distinct(StringComparer.Ordinal)),
        ];
        return verdict.Verdict switch
        {
            StepVerdict.Passed => Passed(message, outputs),
            StepVerdict.Failed => Failed(message, outputs),
            _ when WithCommit(GitHubPolling.GoOn(request, step.Timeout, message), sha) is { } again => again,
            // On a guardrail's grid nobody waits: neither yes nor no.
            _ when request.StartedAt is null => new StepResult { Verdict = StepVerdict.Waiting, Message = message },
            _ => Errored($"{message.TrimEnd('.')}{GitHubPolling.InVain(request, step.Timeout)}.", outputs),
        };
    }

    private static StepResult? WithCommit(StepResult? result, string? sha) => result is null || sha is null ? result : result with { Keep = JsonSerializer.SerializeToElement(sha) };
}
