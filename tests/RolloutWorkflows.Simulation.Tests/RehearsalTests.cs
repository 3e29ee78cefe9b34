using RolloutWorkflows.Orchestrations;
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

    [Theory]
    [InlineData("swarm-credits", "internal-dry-run", "limited-beta", "broad-rollout")]
    [InlineData("swarm-hardening", "chaos", "recovery-drill")]
    [Requirement("B9", "swarm-credits")]
    [Requirement("B9", "swarm-hardening")]
    public async Task Rehearsal_OfTheSwarm_TakesEveryStageBackByItsRecoveryPlays(string playbook, params string[] stages)
    {
        var rehearsed = await PlaybookRehearsal.RunAsync(Simulated.Of(Simulated.Shipped(playbook)), TestContext.Current.CancellationToken);

        Assert.Equal(stages, rehearsed.Select(stage => stage.Stage));
        Assert.All(rehearsed, stage =>
        {
            Assert.Empty(stage.Problems);
            Assert.Contains(stage.Rollback!.Steps, step => step is { Part: "recovery", Uses: "snapshot/restore", Verdict: StepVerdict.Passed });
            Assert.Contains(stage.Rollback!.Steps, step => step is { Part: "verify", Uses: "snapshot/parity", Verdict: StepVerdict.Passed });
        });
    }

    [Fact]
    public async Task Rehearsal_OfAStageOfASurface_TellsWhatWentBackOfThatSurfaceAlone()
    {
        var rehearsed = await PlaybookRehearsal.RunAsync(Simulated.Of(Simulated.Shipped("cloak-marketplace")), TestContext.Current.CancellationToken);

        Assert.Equal([null, "web", "mobile", "extension", null], rehearsed.Select(stage => stage.Rollback!.Surface));
        Assert.All(rehearsed, stage =>
        {
            Assert.Empty(stage.Problems);
            Assert.NotEmpty(stage.Rollback!.Effects);
            Assert.Contains(stage.Rollback.Steps, step => step is { Part: "recovery", Uses: "incident/open" });
        });
    }

    [Theory]
    [InlineData("web4-mycelia", 5)]
    [InlineData("swarm-hardening", 2)]
    [Requirement("B9", "web4-mycelia", BadWay = true)]
    [Requirement("B9", "swarm-hardening", BadWay = true)]
    public async Task Rehearsal_OfAShippedPlaybookWhoseVerificationCannotPass_SaysSoForEveryStage(string playbook, int stages)
    {
        var shipped = Simulated.Shipped(playbook);
        var broken = shipped with { Stages = [.. shipped.Stages.Select(stage => stage with { Rollback = stage.Rollback is { } plan ? plan with { Verify = Broken.Stages[0].Rollback!.Verify } : null })] };

        var rehearsed = await PlaybookRehearsal.RunAsync(Simulated.Of(broken with { Metrics = broken.Metrics.Concat(Broken.Metrics).ToDictionary() }), TestContext.Current.CancellationToken);

        Assert.Equal(stages, rehearsed.Count);
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
