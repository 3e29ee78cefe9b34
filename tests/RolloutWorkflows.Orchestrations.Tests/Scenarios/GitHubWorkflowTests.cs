using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Runs that dispatch workflows: once, whatever goes wrong.</summary>
public sealed class GitHubWorkflowTests
{
    private const string Yaml = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: node }
        spec:
          stages:
            - name: testnet
              steps:
                - id: deploy
                  uses: github/workflow
                  with: { repository: chain/node, workflow: deploy.yml, timeout: 6h }
                  undo: { uses: github/workflow, with: { repository: chain/node, workflow: restore.yml } }
                - { uses: flag/set, with: { flag: "deployed-${{ steps.deploy.outputs.conclusion }}", value: true } }
        """;

    [Fact]
    public async Task Dispatch_WithALostAnswerAndARestart_RunsOnceAndItsOutputsAreRead()
    {
        await using var github = new ScenarioGitHub { AtFirst = server => server.Faults.LoseAnswer(when: IsDispatch) };
        await using var run = await RolloutScenario.GivenAsync(Yaml, github);
        await run.WhenTheServerRestartsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(20));
        await run.ThenStateIsAsync(RunState.Acting);

        await github.EndWorkflowsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));

        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal(["deploy.yml"], github.Repository.WorkflowRuns.Select(workflow => workflow.Workflow));
        Assert.NotNull(await run.Flags.FindAsync("deployed-success"));
    }

    [Fact]
    public async Task Workflow_ThatFails_RollsBackByItsUndoWhichIsWaitedFor()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await RolloutScenario.GivenAsync(Yaml, github);
        await github.EndWorkflowsAsync("failure");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        await run.ThenStateIsAsync(RunState.RollingBack);
        Assert.Equal(["deploy.yml", "restore.yml"], github.Repository.WorkflowRuns.Select(workflow => workflow.Workflow));

        await github.EndWorkflowsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(2, github.Repository.WorkflowRuns.Count);
    }

    [Fact]
    public async Task GitHub_DownForHours_IsAskedUntilItAnswersAgain()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await RolloutScenario.GivenAsync(Yaml, github);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        github.Server.Faults.Down = true;
        await run.WhenTimePassesAsync(TimeSpan.FromHours(4));
        await run.ThenStateIsAsync(RunState.Acting);

        github.Server.Faults.Clear();
        await github.EndWorkflowsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(3));

        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Single(github.Repository.WorkflowRuns);
    }

    [Fact]
    public async Task Workflow_BeyondItsTimeout_HoldsNamingTheRunAndARetryWaitsForIt()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await RolloutScenario.GivenAsync(Yaml, github);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(6));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains($"/actions/runs/{github.Repository.WorkflowRuns[0].Id}", (await run.StatusAsync()).Because, StringComparison.Ordinal);

        await run.WhenAsync(RunVerb.Retry, "bob", "it is slow today");
        await github.EndWorkflowsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(3));

        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Single(github.Repository.WorkflowRuns);
    }

    private static bool IsDispatch(FakeGitHubRequest request) => request.Path.EndsWith("/dispatches", StringComparison.Ordinal);
}
