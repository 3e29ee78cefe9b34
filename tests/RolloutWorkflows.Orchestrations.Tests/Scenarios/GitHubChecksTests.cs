namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Runs that wait for the checks of a commit.</summary>
public sealed class GitHubChecksTests
{
    private const string Yaml = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: node }
        spec:
          stages:
            - name: small
              ready: [ { id: ci, uses: github/checks, with: { repository: chain/node, ref: main, timeout: 2h } } ]
              steps: [ { uses: flag/rollout, with: { flag: node, percent: 10 } } ]
        """;

    [Fact]
    public async Task Checks_GoingGreenLater_LetTheRunGoOn()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await StartAsync(github, "in_progress");
        await run.ThenStateIsAsync(RunState.Checking);

        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(40));
        await run.ThenStateIsAsync(RunState.Checking);
        github.Check("build", "completed", "success");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));

        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal(10, await run.PercentAsync("node"));
    }

    [Fact]
    public async Task Checks_TurningRed_HoldUntilTheyAreRunAgain()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await StartAsync(github, "in_progress");
        github.Check("build", "completed", "failure");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));

        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains("has 1 of 1 check red: build (failure", (await run.StatusAsync()).Because, StringComparison.Ordinal);

        github.Check("build", "completed", "success");
        await run.WhenAsync(RunVerb.Retry, "bob", "run again");
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    [Fact]
    public async Task Checks_StillRunningAtTheTimeout_HoldAsErrored()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await StartAsync(github, "queued");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));

        await run.ThenStateIsAsync(RunState.Holding);
        Assert.StartsWith("ready ci (github/checks) errored: ", (await run.StatusAsync()).Because, StringComparison.Ordinal);
    }

    /// <summary>The check says so before the run begins.</summary>
    private static async Task<RolloutScenario> StartAsync(ScenarioGitHub github, string status)
    {
        // The first look finds no GitHub, and waits for it.
        github.AtFirst = server => server.Faults.Down = true;
        var run = await RolloutScenario.GivenAsync(Yaml, github);
        github.Check("build", status);
        github.Server.Faults.Clear();
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(30));
        return run;
    }
}
