namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Runs that show themselves as a GitHub deployment.</summary>
public sealed class DeploymentTests
{
    private const string Yaml = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: node, title: Node }
        spec:
          inputs: { commit: { type: string, default: 6dcb09b5b57875f334f61aebed695e2e4193db5e } }
          channels: { deployment: { repository: chain/node, environment: production, ref: "${{ inputs.commit }}" } }
          rollback: { to: start }
          stages:
            - name: small
              steps: [ { uses: flag/rollout, with: { flag: node, percent: 10 } } ]
              soak: { for: 1h }
            - name: everybody
              steps: [ { uses: flag/rollout, with: { flag: node, percent: 100 } } ]
        """;

    [Fact]
    public async Task Deployment_OfARun_FollowsItsStagesToTheEnd()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await RolloutScenario.GivenAsync(Yaml, github);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(61));
        await run.ThenStateIsAsync(RunState.Succeeded);

        var deployment = Assert.Single(github.Repository.Deployments);
        Assert.Equal(("production", ScenarioGitHub.Commit, github.App.Bot.Id), (deployment.Environment, deployment.Sha, deployment.Creator.Id));
        Assert.Equal(
            [
                ("in_progress", "stage small opened"), ("in_progress", "stage small promoted"),
                ("in_progress", "stage everybody opened"), ("in_progress", "stage everybody promoted"),
                ("success", "Succeeded: every stage is promoted"),
            ],
            deployment.Statuses.Select(status => (status.State, status.Description)));
    }

    [Fact]
    public async Task Deployment_WithLostAnswersAndGitHubDown_IsMadeOnceAndCatchesUp()
    {
        await using var github = new ScenarioGitHub { AtFirst = server => server.Faults.LoseAnswer(times: 2, when: request => request.Method == "POST" && request.Path.Contains("/deployments", StringComparison.Ordinal)) };
        await using var run = await RolloutScenario.GivenAsync(Yaml, github);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        github.Server.Faults.Down = true;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(55));
        await run.ThenStateIsAsync(RunState.Succeeded);
        github.Server.Faults.Clear();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(15));

        Assert.Equal(["in_progress", "in_progress", "in_progress", "in_progress", "success"], Assert.Single(github.Repository.Deployments).Statuses.Select(status => status.State));
    }

    [Fact]
    public async Task Deployment_OfARunThatGoesBackAndIsAborted_FailsAndBecomesInactive()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await RolloutScenario.GivenAsync(Yaml, github);
        await run.WhenAsync(RunVerb.Rollback, "bob", "not today");
        await run.WhenAsync(RunVerb.Abort, "bob", "never");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["in_progress", "in_progress", "failure", "inactive"], Assert.Single(github.Repository.Deployments).Statuses.Select(status => status.State));
    }
}
