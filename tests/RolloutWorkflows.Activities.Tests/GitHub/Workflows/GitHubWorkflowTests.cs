using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

public sealed class GitHubWorkflowTests
{
    [Fact]
    public async Task Workflow_EndingWell_PassesWithWhatGitHubTells()
    {
        await using var steps = await GitHubSteps.StartAsync();

        var result = await steps.RunAsync(Request(), _ => EndAsync(steps, "success", new FakeJob(1, "deploy", "completed", "success")));

        var run = Assert.Single(steps.Repository.WorkflowRuns);
        Assert.Equal(("main", "testnet", steps.Self.Id), (run.Ref, run.Inputs["environment"], run.Actor.Id));
        Assert.Equal(StepVerdict.Passed, result.Verdict);
        Assert.Equal((run.Id, "success", run.Sha, "success"), (result.Outputs["runId"].GetInt64(), result.Outputs["conclusion"].GetString(), result.Outputs["sha"].GetString(), result.Outputs["jobs"].GetProperty("deploy").GetString()));
        Assert.Equal((EffectState.Applied, "workflow:chain/node:deploy.yml"), (result.Effect!.State, result.Effect.Target));
    }

    [Theory]
    [InlineData("failure")]
    [InlineData("cancelled")]
    [InlineData("timed_out")]
    public async Task Workflow_EndingOtherwise_FailsAndNamesRunAndJob(string conclusion)
    {
        await using var steps = await GitHubSteps.StartAsync();

        var result = await steps.RunAsync(Request(), _ => EndAsync(steps, conclusion, new FakeJob(1, "deploy", "completed", conclusion)));

        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.StartsWith($"chain/node:deploy.yml ended with {conclusion} (deploy: {conclusion}): ", result.Message, StringComparison.Ordinal);
        Assert.Contains($"/actions/runs/{steps.Repository.WorkflowRuns[0].Id}", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispatch_WhoseAnswerIsLost_FindsItsRunAndIsNotSentAgain(bool tellsRuns)
    {
        await using var steps = await GitHubSteps.StartAsync();
        steps.Repository.TellsDispatchedRuns = tellsRuns;
        AddOthers(steps);
        var others = steps.Repository.WorkflowRuns.Count;
        steps.Server.Faults.LoseAnswer(when: request => WorkflowKind.IsDispatch(request) && (tellsRuns || !request.Body!.ContainsKey("return_run_details")));

        var result = await steps.RunAsync(Request(), _ => EndAsync(steps, "success"));

        Assert.Equal(StepVerdict.Passed, result.Verdict);
        Assert.Equal(others + 1, steps.Repository.WorkflowRuns.Count);
        Assert.Equal(steps.Repository.WorkflowRuns[^1].Id, result.Outputs["runId"].GetInt64());
    }

    [Fact]
    public async Task Dispatch_ToAGitHubThatTellsNoRun_FindsItByTimeAccountAndBranch()
    {
        await using var steps = await GitHubSteps.StartAsync();
        steps.Repository.TellsDispatchedRuns = false;

        var result = await steps.RunAsync(Request(), _ => EndAsync(steps, "success"));

        Assert.Equal((StepVerdict.Passed, 1), (result.Verdict, steps.Repository.WorkflowRuns.Count));
    }

    [Fact]
    public async Task Dispatch_ThatMayBeAnyOfSeveral_AsksPeople()
    {
        await using var steps = await GitHubSteps.StartAsync();
        steps.Server.Faults.LoseAnswer(when: WorkflowKind.IsDispatch);
        steps.Repository.WorkflowRuns.Add(OtherRun(steps, 1, steps.Self, "main"));

        var result = await steps.RunAsync(Request());

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("it may be any of", result.Message, StringComparison.Ordinal);
        Assert.Equal(2, steps.Repository.WorkflowRuns.Count);
    }

    [Fact]
    public async Task Dispatch_ThatNobodyCanTellOf_IsErroredAndNeverSentAgain()
    {
        await using var steps = await GitHubSteps.StartAsync();
        steps.Server.Faults.CutConnection(when: WorkflowKind.IsDispatch);

        var result = await steps.RunAsync(Request());
        var again = await steps.RunAsync(Request());

        Assert.Equal((StepVerdict.Errored, StepVerdict.Errored), (result.Verdict, again.Verdict));
        Assert.StartsWith("It is not known whether chain/node:deploy.yml was dispatched: ", result.Message, StringComparison.Ordinal);
        Assert.Empty(steps.Repository.WorkflowRuns);
        Assert.Single(steps.Server.Requests, WorkflowKind.IsDispatch);
    }

    [Fact]
    public async Task Dispatch_ThatWasSurelyRefused_IsSentByTheNextTry()
    {
        await using var steps = await GitHubSteps.StartAsync();
        steps.Server.Faults.Answer(WorkflowKind.Refusal("Unexpected inputs provided"), when: WorkflowKind.IsDispatch);

        var refused = await steps.RunAsync(Request());
        var result = await steps.RunAsync(Request(), _ => EndAsync(steps, "success"));

        Assert.Equal(StepVerdict.Errored, refused.Verdict);
        Assert.Contains("Unexpected inputs provided", refused.Message, StringComparison.Ordinal);
        Assert.Equal((StepVerdict.Passed, 1), (result.Verdict, steps.Repository.WorkflowRuns.Count));
    }

    [Fact]
    public async Task Workflow_GoingOnBeyondTheTimeout_IsErroredNamingTheRunAndARetryWaitsForTheSame()
    {
        await using var steps = await GitHubSteps.StartAsync();

        var result = await steps.RunAsync(Request());
        var again = await steps.RunAsync(Request(), calls => calls == 2 ? EndAsync(steps, "success") : Task.CompletedTask);

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains($"/actions/runs/{steps.Repository.WorkflowRuns[0].Id}", result.Message, StringComparison.Ordinal);
        Assert.EndsWith("although it was waited for 30m. Retry waits for it again.", result.Message, StringComparison.Ordinal);
        Assert.Equal((StepVerdict.Passed, 1), (again.Verdict, steps.Repository.WorkflowRuns.Count));
    }

    [Fact]
    public async Task GitHub_DownWhileTheWorkflowRuns_IsAskedAgainUntilItAnswers()
    {
        await using var steps = await GitHubSteps.StartAsync();

        var result = await steps.RunAsync(Request(), async calls =>
        {
            if (calls == 1) steps.Server.Faults.Down = true;
            if (calls == 4) await EndAsync(steps, "success");
            if (calls == 8) steps.Server.Faults.Clear();
        });

        Assert.Equal((StepVerdict.Passed, 1), (result.Verdict, steps.Repository.WorkflowRuns.Count));
    }

    [Fact]
    public async Task Workflow_WithoutAGrant_IsNotDispatched()
    {
        await using var steps = await GitHubSteps.StartAsync(services => services.AddSingleton(new Grants(new Dictionary<string, PlaybookGrant> { ["*"] = new() { Workflows = ["chain/node:test.yml"] } })));

        var result = await steps.RunAsync(Request());

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.StartsWith("Nothing was changed: workflow 'chain/node:deploy.yml' is not granted to playbook web4", result.Message, StringComparison.Ordinal);
        Assert.Empty(steps.Server.Requests);
        Assert.Empty(await steps.Rig.Journal.ListAsync("run"));
    }

    [Fact]
    public async Task CorrelationInput_IsGivenTheMarkOfTheDispatch()
    {
        await using var steps = await GitHubSteps.StartAsync();

        await steps.RunAsync(Request(new { repository = "chain/node", workflow = "deploy.yml", correlationInput = "rollout" }), _ => EndAsync(steps, "success"));

        Assert.Equal(WorkflowRunSearch.MarkOf("run/one/1/0/step/0"), steps.Repository.WorkflowRuns[0].Inputs["rollout"]);
    }

    private static StepRequest Request(object? with = null) =>
        StepRig.Request("github/workflow", with ?? new { repository = "chain/node", workflow = "deploy.yml", inputs = new { environment = "testnet" }, timeout = "30m" }) with { Irreversible = true };

    private static async Task EndAsync(GitHubSteps steps, string conclusion, params FakeJob[] jobs)
    {
        foreach (var run in steps.Repository.WorkflowRuns.Where(run => run.Status != "completed" && run.Actor.Id == steps.Self.Id).ToList())
            await steps.Server.SetRunAsync("chain/node", run.Id, "completed", conclusion, jobs);
    }

    /// <summary>Runs that are somebody else's, of another branch, or of an earlier day.</summary>
    private static void AddOthers(GitHubSteps steps)
    {
        var ada = steps.Server.AddUser(1001, "ada");
        steps.Repository.Refs["next"] = new string('b', 40);
        steps.Repository.WorkflowRuns.Add(OtherRun(steps, 1, ada, "main"));
        steps.Repository.WorkflowRuns.Add(OtherRun(steps, 2, steps.Self, "next"));
        steps.Repository.WorkflowRuns.Add(OtherRun(steps, 3, steps.Self, "main", TimeSpan.FromHours(1)));
    }

    private static FakeWorkflowRun OtherRun(GitHubSteps steps, long id, FakeAccount actor, string branch, TimeSpan before = default) => new()
    {
        Id = id,
        Workflow = "deploy.yml",
        Ref = branch,
        Sha = steps.Repository.Refs[branch],
        Actor = actor,
        CreatedAt = steps.Time.GetUtcNow() - before,
    };
}
