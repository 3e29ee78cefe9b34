using System.Globalization;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Swarm;

/// <summary>Release candidates one after the other on one host: MTTD and MTTR over the earlier ones decide with.</summary>
public sealed class SwarmTrendTests
{
    [Fact]
    [Requirement("G5", "swarm-hardening")]
    [Requirement("D6", "swarm-hardening")]
    public async Task Candidate_AfterOnesWhoseFaultsWereFoundAndMendedEverFaster_Passes()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await StartAsync(swarm);
        var first = await FailAsync(swarm, run, FoundLate.Yes, MendedSlowly.Yes);
        await run.StartAnotherAsync("run-2", swarm.InputsOf("v1.4.0-rc.2"));
        var second = await FailAsync(swarm, run, FoundLate.No, MendedSlowly.No);
        Assert.True(first.Detected > second.Detected && first.Took > second.Took, $"{first.Detected} {first.Took}, then {second.Detected} {second.Took}");

        await run.StartAnotherAsync("run-3", swarm.InputsOf("v1.4.0-rc.3"));
        await run.UntilAsync(at => at.State == RunState.Succeeded, "success", skipsSoaks: true);

        // Two runs lie on a straight line: its slope is their difference.
        Assert.Equal("passed", await SaidOfAsync(run, "mttd-falls", (second.Detected - first.Detected)!.Value));
        Assert.Equal("passed", await SaidOfAsync(run, "mttr-falls", (second.Took - first.Took)!.Value));
        Assert.Equal("v1.4.0-rc.3", swarm.Swarm.Candidate);
    }

    [Fact]
    [Requirement("G5", "swarm-hardening", BadWay = true)]
    [Requirement("D6", "swarm-hardening", BadWay = true)]
    public async Task Candidate_AfterOnesWhoseFaultsTookEverLonger_IsNotPassed()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await StartAsync(swarm);
        var first = await FailAsync(swarm, run, FoundLate.No, MendedSlowly.No);
        await run.StartAnotherAsync("run-2", swarm.InputsOf("v1.4.0-rc.2"));
        var second = await FailAsync(swarm, run, FoundLate.Yes, MendedSlowly.Yes);

        await run.StartAnotherAsync("run-3", swarm.InputsOf("v1.4.0-rc.3"));
        await run.UntilAsync(at => at.State == RunState.Holding, "a hold", skipsSoaks: true);

        Assert.Equal("failed", await SaidOfAsync(run, "mttd-falls", (second.Detected - first.Detected)!.Value));
        Assert.Equal("failed", await SaidOfAsync(run, "mttr-falls", (second.Took - first.Took)!.Value));
        Assert.DoesNotContain(await run.Scenario.RecordAsync(), entry => entry.Kind == RunLogKind.StagePromoted && entry.Stage == "recovery-drill");
    }

    [Fact]
    [Requirement("G5", "swarm-hardening", BadWay = true)]
    public async Task Candidate_WithNoEarlierRuns_HasNoTrendAndIsNotPassedByIt()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await StartAsync(swarm);

        await run.UntilAsync(at => at.State == RunState.Holding, "a hold", skipsSoaks: true);

        Assert.Contains("mttr-trend: source rollouts: no run of swarm-* has ended on this host", await run.RecordTextAsync(), StringComparison.Ordinal);
    }

    private static Task<ShippedRollout> StartAsync(SwarmScene swarm) => ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-hardening"), swarm.InputsOf("v1.4.0-rc.1")));

    /// <summary>The candidate fails in its soak, is reverted by itself, and given up.</summary>
    private static async Task<RollbackReport> FailAsync(SwarmScene swarm, ShippedRollout run, FoundLate late, MendedSlowly slow)
    {
        // What is there before the first measurement was there since the change; what comes later is found at once.
        if (late == FoundLate.No) await run.Scenario.WhenTimePassesAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(RunState.Soaking, (await run.Scenario.StatusAsync()).State);
        swarm.Swarm.Switch("stuck-candidate", on: slow == MendedSlowly.Yes);
        swarm.Swarm.Switch("conflicting-roots", on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback", pace: TimeSpan.FromSeconds(20));
        var report = (await run.Scenario.StatusAsync()).Rollback!;
        Assert.Equal(Actors.Rollout, report.Actor);
        swarm.Swarm.Switch("conflicting-roots", on: false);
        swarm.Swarm.Switch("stuck-candidate", on: false);
        await run.Scenario.WhenAsync(RunVerb.Abort, "root", "given up", isAdmin: true);
        await run.Scenario.ThenStateIsAsync(RunState.Aborted);
        return report;
    }

    /// <summary>What a criterion came to at last, once its message says what it measured over the two runs.</summary>
    private static async Task<string> SaidOfAsync(ShippedRollout run, string criterion, TimeSpan slope)
    {
        var message = (await run.Scenario.RecordAsync()).Last(entry => entry.Message.StartsWith($"criteria {criterion} ", StringComparison.Ordinal)).Message;
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"result {slope.TotalSeconds:0.######} of 2 samples"), message, StringComparison.Ordinal);
        return message.Split(' ')[3].TrimEnd(':');
    }

    private enum FoundLate
    {
        No,
        Yes,
    }

    private enum MendedSlowly
    {
        No,
        Yes,
    }
}
