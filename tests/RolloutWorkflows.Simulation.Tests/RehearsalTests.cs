using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Simulation.Tests;

/// <summary>The way back of every stage, rehearsed.</summary>
public sealed class RehearsalTests
{
    [Fact]
    [Requirement("B9", "web4-mycelia")]
    public async Task Rehearsal_OfASoundPlaybook_PassesForEveryStageThatChangesSomething()
    {
        var rehearsed = await PlaybookRehearsal.RunAsync(Simulated.Of(Simulated.Shipped("web4-mycelia")), TestContext.Current.CancellationToken);

        Assert.Equal(["canary", "one-percent", "ten-percent", "fifty-percent", "everybody"], rehearsed.Select(stage => stage.Stage));
        Assert.All(rehearsed, stage =>
        {
            Assert.Empty(stage.Problems);
            Assert.Equal("error-rate fails", stage.Cause);
            Assert.InRange(stage.DetectedAfter!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(5));
            Assert.NotEmpty(stage.Rollback!.Effects);
        });
    }

    [Fact]
    [Requirement("B9", "web4-mycelia", BadWay = true)]
    public async Task Rehearsal_OfAShippedPlaybookWhoseVerificationCannotPass_SaysSoForEveryStage()
    {
        var shipped = Simulated.Shipped("web4-mycelia");
        var broken = shipped with { Stages = [.. shipped.Stages.Select(stage => stage with { Rollback = stage.Rollback! with { Verify = Broken.Stages[0].Rollback!.Verify } })] };

        var rehearsed = await PlaybookRehearsal.RunAsync(Simulated.Of(broken with { Metrics = broken.Metrics.Concat(Broken.Metrics).ToDictionary() }), TestContext.Current.CancellationToken);

        Assert.Equal(5, rehearsed.Count);
        Assert.All(rehearsed, stage => Assert.Contains(stage.Problems, problem => problem.StartsWith("check-it: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rehearsal_OfAStageWhoseRecoveryFails_SaysSo()
    {
        var rehearsed = await PlaybookRehearsal.RunAsync(
            Simulated.Of(Broken) with { Faults = [] }, TestContext.Current.CancellationToken);

        var stage = Assert.Single(rehearsed);
        Assert.Equal("a person sends it back", stage.Cause);
        Assert.Contains(stage.Problems, problem => problem.Contains("check-it", StringComparison.Ordinal));
    }

    private static Playbook Broken => Simulated.Load("""
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: broken }
        spec:
          metrics: { parity: { source: test, value: p } }
          rollback:
            to: start
            verify: [ { id: check-it, uses: metric/threshold, with: { metric: parity, successCondition: result > 1 and result < 0 } } ]
          stages:
            - name: one
              steps: [ { uses: flag/rollout, with: { flag: checkout, percent: 10 } } ]
              soak: { for: 4h }
        """);
}
