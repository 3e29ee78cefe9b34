using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

public sealed class CommitVerdictTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("build:success", "", StepVerdict.Passed, "is green: build")]
    [InlineData("build:neutral lint:skipped", "", StepVerdict.Passed, "is green: build, lint")]
    [InlineData("build:failure lint:success", "", StepVerdict.Failed, "has 1 of 2 checks red: build (failure, https://github.test/build)")]
    [InlineData("build:cancelled", "", StepVerdict.Failed, "has 1 of 1 check red: build (cancelled, https://github.test/build)")]
    [InlineData("build:timed_out", "", StepVerdict.Failed, "has 1 of 1 check red: build (timed_out, https://github.test/build)")]
    [InlineData("build:action_required", "", StepVerdict.Failed, "has 1 of 1 check red: build (action_required, https://github.test/build)")]
    [InlineData("build:stale", "", StepVerdict.Failed, "has 1 of 1 check red: build (stale, https://github.test/build)")]
    [InlineData("build:in_progress lint:success", "", StepVerdict.Waiting, "has 1 of 2 checks not finished: build (in_progress, https://github.test/build)")]
    [InlineData("build:queued", "", StepVerdict.Waiting, "has 1 of 1 check not finished: build (queued, https://github.test/build)")]
    [InlineData("build:waiting lint:failure", "", StepVerdict.Failed, "has 1 of 2 checks red: lint (failure, https://github.test/lint)")]
    [InlineData("", "", StepVerdict.Failed, "has no check; expected at least one")]
    [InlineData("", "build", StepVerdict.Failed, "has no check 'build'; there is none at all")]
    [InlineData("lint:success", "build", StepVerdict.Failed, "has no check 'build'; there are lint")]
    [InlineData("build:success lint:failure", "build", StepVerdict.Passed, "is green: build")]
    [InlineData("build:in_progress", "build lint", StepVerdict.Failed, "has no check 'lint'; there are build")]
    [InlineData("status:success", "", StepVerdict.Passed, "is green: status")]
    [InlineData("status:pending", "", StepVerdict.Waiting, "has 1 of 1 check not finished: status (pending, https://github.test/status)")]
    [InlineData("status:error build:success", "", StepVerdict.Failed, "has 1 of 2 checks red: status (error, https://github.test/status)")]
    public void Verdict_OfChecks_IsAsDocumented(string checks, string named, StepVerdict expected, string why)
    {
        var verdict = CommitVerdict.Of(Checks(checks), Words(named), maxAge: null, Now);

        Assert.Equal((expected, why), (verdict.Verdict, verdict.Why));
    }

    [Theory]
    [InlineData("build:success:25", "", StepVerdict.Failed, "has no check of the last 1d, only older ones; expected at least one")]
    [InlineData("build:failure:25 lint:success:1", "", StepVerdict.Passed, "is green: lint")]
    [InlineData("build:success:25 lint:success:1", "build", StepVerdict.Failed, "has 'build', but too old: it finished 2026-03-01 08:00 UTC, and counts for 1d; there are build, lint")]
    [InlineData("build:in_progress:25", "", StepVerdict.Waiting, "has 1 of 1 check not finished: build (in_progress, https://github.test/build)")]
    [InlineData("build:success:24", "build", StepVerdict.Passed, "is green: build")]
    public void Verdict_WithMaxAge_CountsWhatIsYoungEnough(string checks, string named, StepVerdict expected, string why)
    {
        var verdict = CommitVerdict.Of(Checks(checks), Words(named), TimeSpan.FromDays(1), Now);

        Assert.Equal((expected, why), (verdict.Verdict, verdict.Why));
    }

    [Fact]
    public void Checks_RunAgain_CountByTheirLatestOfNameAndApp()
    {
        var checks = CommitCheck.Of(
            [
                Run(1, "build", "completed", "failure", hoursAgo: 3),
                Run(2, "build", "completed", "success", hoursAgo: 1),
                Run(3, "lint", "completed", "success", hoursAgo: 3),
                Run(4, "lint", "queued", null, hoursAgo: null),
                Run(5, "build", "completed", "failure", hoursAgo: 2) with { App = "another" },
            ],
            new GitHubCombinedStatus("", "", []));

        Assert.Equal([("build", CommitCheckState.Green), ("build", CommitCheckState.Red), ("lint", CommitCheckState.Running)], checks.Select(check => (check.Name, check.State)));
    }

    private static IReadOnlyList<CommitCheck> Checks(string text)
    {
        var all = Words(text).Select(word => word.Split(':')).Select((parts, index) => (parts, index, hours: parts.Length > 2 ? int.Parse(parts[2], null) : 0)).ToList();
        return CommitCheck.Of(
            [.. all.Where(check => check.parts[0] != "status").Select(check => check.parts[1] is "in_progress" or "queued" or "waiting"
                ? Run(check.index, check.parts[0], check.parts[1], null, check.hours)
                : Run(check.index, check.parts[0], "completed", check.parts[1], check.hours))],
            new GitHubCombinedStatus("", "", [.. all.Where(check => check.parts[0] == "status").Select(check => new GitHubStatus("status", check.parts[1], Now, "https://github.test/status"))]));
    }

    private static GitHubCheckRun Run(long id, string name, string status, string? conclusion, int? hoursAgo) => new()
    {
        Id = id,
        Name = name,
        Status = status,
        Conclusion = conclusion,
        App = "github-actions",
        HeadSha = "",
        StartedAt = hoursAgo is { } hours ? Now.AddHours(-hours) : null,
        CompletedAt = conclusion is null ? null : Now.AddHours(-hoursAgo ?? 0),
        Url = $"https://github.test/{name}",
    };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
