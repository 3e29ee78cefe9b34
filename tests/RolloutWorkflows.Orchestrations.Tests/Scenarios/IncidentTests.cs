namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Runs that open incidents, wait for them, and look whether there are any.</summary>
public sealed class IncidentTests
{
    internal const string Yaml = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: node }
        spec:
          metrics: { errors: { source: test, value: errors } }
          guardrails: [ { metric: errors, interval: 1m, failureCondition: result > 5 } ]
          rollback:
            to: stage-start
            steps:
              - id: tell
                uses: incident/open
                with: { repository: chain/node, title: "Halted in ${{ run.stage }}", impact: "${{ run.cause }} @everyone <!-- x -->", severity: high, expectedWithin: 24h }
          stages:
            - name: small
              steps: [ { uses: flag/rollout, with: { flag: node, percent: 10 } } ]
              soak: { for: 10m }
            - name: everybody
              steps: [ { uses: flag/rollout, with: { flag: node, percent: 100 } } ]
        """;

    [Fact]
    public async Task Incident_OfARollbackWithALostAnswer_IsOpenedOnceWithWhatWasMeasured()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await StartAsync(github);
        github.Server.Faults.LoseAnswer(when: request => request.Method == "POST" && request.Path.EndsWith("/issues", StringComparison.Ordinal));
        await BreakAsync(run);

        var issue = Assert.Single(github.Repository.Issues);
        Assert.Equal("Halted in small", issue.Title);
        Assert.Equal(["incident", "severity:high"], issue.Labels.Order());
        Assert.Equal(["incident", "severity:high"], github.Repository.Labels.Select(label => label.Name).Order());
        Assert.Contains("| `errors` | Failed | 9 |", issue.Body, StringComparison.Ordinal);
        Assert.Contains("**Remedy expected by:** 2026-03-03 ", issue.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("@everyone", issue.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<!-- x", issue.Body, StringComparison.Ordinal);
        Assert.Contains((await run.StatusAsync()).Rollback!.Steps, step => step.StepId == "tell" && step.Verdict == StepVerdict.Passed);
        var effect = Assert.Single(await run.Journal.ListAsync(RolloutScenario.RunId), effect => effect.Uses == "incident/open");
        Assert.True(effect is { State: EffectState.Applied, Irreversible: true });
    }

    [Fact]
    public async Task Promotion_WhileAnIncidentOfTheRunIsOpen_HoldsUntilItIsClosed()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await StartAsync(github);
        await BreakAsync(run);
        Say(run.Metrics, 0);
        await run.WhenAsync(RunVerb.Retry, "bob", "mended");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(30));

        await run.ThenStateIsAsync(RunState.Holding);
        Assert.StartsWith("small is not promoted while an incident of this run is open: chain/node#1 Halted in small (", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Equal(10, await run.PercentAsync("node"));

        await run.WhenAsync(RunVerb.Retry, "bob", "still open");
        await run.ThenStateIsAsync(RunState.Holding);
        await github.Server.SetOpenAsync(github.Ada.Id, "chain/node", 1, open: false);
        await run.WhenAsync(RunVerb.Retry, "bob", "closed");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));

        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal(100, await run.PercentAsync("node"));
    }

    [Fact]
    public async Task Promotion_WhileGitHubIsDown_WaitsAndGoesOnByItself()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await StartAsync(github);
        await BreakAsync(run);
        await github.Server.SetOpenAsync(github.Ada.Id, "chain/node", 1, open: false);
        Say(run.Metrics, 0);
        github.Server.Faults.Down = true;
        await run.WhenAsync(RunVerb.Retry, "bob", "mended");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(5));
        await run.ThenStateIsAsync(RunState.Promoting);

        github.Server.Faults.Clear();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    [Fact]
    public async Task Incident_OfTheSameRunStageAndTitle_IsBroughtUpToDateAndOpenedAgain()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await StartAsync(github);
        await BreakAsync(run);
        await github.Server.SetOpenAsync(github.Ada.Id, "chain/node", 1, open: false);
        Say(run.Metrics, 0);
        await run.WhenAsync(RunVerb.Retry, "bob", "mended");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        await BreakAsync(run);

        var issue = Assert.Single(github.Repository.Issues);
        Assert.True(issue.Open);
        Assert.Single(issue.Comments, comment => comment.Body.StartsWith("It happened again.", StringComparison.Ordinal));
        // One for each way back, below what the incident itself says.
        Assert.Equal(2, issue.Comments.Count(comment => comment.Body.StartsWith("# Post-incident review: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task None_ForADay_HoldsUntilTheLastOneIsADayOld()
    {
        await using var github = new ScenarioGitHub { AtFirst = server => server.Faults.Down = true };
        await using var run = await RolloutScenario.GivenAsync("""
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: node }
            spec:
              channels: { releaseIssue: { repository: chain/node } }
              stages:
                - name: small
                  ready: [ { id: calm, uses: incident/none, with: { for: 24h } } ]
                  steps: [ { uses: flag/rollout, with: { flag: node, percent: 10 } } ]
            """, github);
        github.Server.Faults.Clear();
        await github.Server.OpenIssueAsync(github.Ada.Id, "chain/node", "Rewards stalled", "", "incident", "severity:critical");
        await run.WhenAsync(RunVerb.Retry, "bob");
        Assert.Contains("#1 Rewards stalled (open, ", (await run.StatusAsync()).Because, StringComparison.Ordinal);

        await github.Server.SetOpenAsync(github.Ada.Id, "chain/node", 1, open: false);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(23));
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains("#1 Rewards stalled (closed ", (await run.StatusAsync()).Because, StringComparison.Ordinal);

        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    [Fact]
    public async Task None_AsAGuardrail_RollsBackWhenAnIncidentIsOpened()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await RolloutScenario.GivenAsync("""
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: node }
            spec:
              guardrails: [ { name: calm, uses: incident/none, with: { repository: chain/node, severity: high }, interval: 5m } ]
              stages:
                - name: small
                  steps: [ { uses: flag/rollout, with: { flag: node, percent: 10 } } ]
                  soak: { for: 2h }
            """, github);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(20));
        await run.ThenStateIsAsync(RunState.Soaking);

        await github.Server.OpenIssueAsync(github.Ada.Id, "chain/node", "Rewards stalled", "", "incident", "severity:high");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(6));

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("node"));
    }

    private static async Task<RolloutScenario> StartAsync(ScenarioGitHub github)
    {
        var run = await RolloutScenario.GivenAsync(Yaml, github, metrics: metrics => Say(metrics, 0));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        return run;
    }

    private static void Say(ScriptedMetrics metrics, double errors) => metrics.Say("errors", _ => MetricReading.Of(errors));

    private static async Task BreakAsync(RolloutScenario run)
    {
        Say(run.Metrics, 9);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(3));
        await run.ThenStateIsAsync(RunState.RolledBack);
    }
}
