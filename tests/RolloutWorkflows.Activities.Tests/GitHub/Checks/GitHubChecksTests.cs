using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

public sealed class GitHubChecksTests
{
    private const string Commit = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

    [Fact]
    public async Task Checks_GoingGreenLater_AreWaitedFor()
    {
        await using var steps = await GitHubSteps.StartAsync();
        steps.Repository.CheckRuns.Add(new FakeCheckRun("build", Commit, "in_progress", null) { Id = 1, StartedAt = steps.Time.GetUtcNow() });
        steps.Repository.Statuses.Add(new FakeStatus("coverage", Commit, "success", steps.Time.GetUtcNow()));

        var result = await steps.RunAsync(Request(), calls =>
        {
            if (calls == 3) steps.Repository.CheckRuns.Add(new FakeCheckRun("build", Commit, "completed", "success") { Id = 2, StartedAt = steps.Time.GetUtcNow(), CompletedAt = steps.Time.GetUtcNow() });
            return Task.CompletedTask;
        });

        Assert.Equal((StepVerdict.Passed, "chain/node at 6dcb09b5 is green: build, coverage."), (result.Verdict, result.Message));
        Assert.Equal(Commit, result.Outputs["sha"].GetString());
        Assert.Equal(4, steps.Server.Requests.Count(request => request.Path.EndsWith("/check-runs", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Checks_OfABranchThatMoves_AreThoseOfTheCommitLookedUpFirst()
    {
        await using var steps = await GitHubSteps.StartAsync();
        steps.Repository.CheckRuns.Add(new FakeCheckRun("build", Commit, "queued", null) { Id = 1 });

        var result = await steps.RunAsync(Request(), calls =>
        {
            steps.Repository.Refs["main"] = new string('a', 40);
            if (calls == 2) steps.Repository.CheckRuns.Add(new FakeCheckRun("build", Commit, "completed", "failure") { Id = 2, CompletedAt = steps.Time.GetUtcNow() });
            return Task.CompletedTask;
        });

        Assert.Equal((StepVerdict.Failed, Commit), (result.Verdict, result.Outputs["sha"].GetString()));
        Assert.Equal(["build"], result.Outputs["red"].EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Checks_StillRunningAtTheTimeout_AreErrored()
    {
        await using var steps = await GitHubSteps.StartAsync();
        steps.Repository.CheckRuns.Add(new FakeCheckRun("build", Commit, "in_progress", null) { Id = 1 });
        var started = steps.Time.GetUtcNow();

        var result = await steps.RunAsync(Request());

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.EndsWith("although it was waited for 10m.", result.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(10), steps.Time.GetUtcNow() - started);
    }

    [Fact]
    public async Task GitHub_DownForAWhile_IsWaitedForWithinTheTimeout()
    {
        await using var steps = await GitHubSteps.StartAsync();
        steps.Repository.CheckRuns.Add(new FakeCheckRun("build", Commit, "completed", "success") { Id = 1, CompletedAt = steps.Time.GetUtcNow() });
        steps.Server.Faults.Down = true;

        var result = await steps.RunAsync(Request(), calls =>
        {
            if (calls == 5) steps.Server.Faults.Clear();
            return Task.CompletedTask;
        });

        Assert.Equal(StepVerdict.Passed, result.Verdict);
    }

    [Fact]
    public async Task GitHub_DownForLonger_IsErroredAndSaysWhy()
    {
        await using var steps = await GitHubSteps.StartAsync();
        steps.Server.Faults.Down = true;

        var result = await steps.RunAsync(Request());

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.StartsWith("GitHub does not tell of chain/node at main, although it was waited for 10m: ", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_ThatIsNotThere_IsErroredAtOnce()
    {
        await using var steps = await GitHubSteps.StartAsync();

        var result = await steps.RunAsync(StepRig.Request("github/checks", new { repository = "chain/node", @ref = "gone" }));

        Assert.Equal(StepVerdict.Errored, result.Verdict);
    }

    [Theory]
    [InlineData("completed", "success", MeasurementVerdict.Passed)]
    [InlineData("completed", "failure", MeasurementVerdict.Failed)]
    [InlineData("in_progress", null, MeasurementVerdict.Inconclusive)]
    public async Task Guardrail_OfChecks_IsNotWaitedFor(string status, string? conclusion, MeasurementVerdict expected)
    {
        await using var steps = await GitHubSteps.StartAsync();
        steps.Repository.CheckRuns.Add(new FakeCheckRun("build", Commit, status, conclusion) { Id = 1, CompletedAt = steps.Time.GetUtcNow() });

        var result = await steps.Rig.CallAsync<MeasureResult>(ActivityNames.Measure, new MeasureRequest
        {
            RunId = "run",
            Playbook = "web4",
            Stage = "one",
            Attempt = 1,
            Epoch = 0,
            GridTime = steps.Time.GetUtcNow(),
            Guardrails = [new Guardrail { Name = "green", Uses = "github/checks", With = Request().With }],
            Metrics = new Dictionary<string, Metric>(),
        });

        Assert.Equal(expected, Assert.Single(result.Measurements).Verdict);
    }

    private static StepRequest Request() => StepRig.Request("github/checks", new { repository = "chain/node", @ref = "main", timeout = "10m" });
}
