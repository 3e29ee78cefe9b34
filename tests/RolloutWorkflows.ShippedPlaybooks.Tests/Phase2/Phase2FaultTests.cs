using Phase2Api;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Phase2;

/// <summary>phase2-api where something goes wrong.</summary>
public sealed class Phase2FaultTests
{
    [Theory]
    [InlineData(Faults.ErrorSpike, "error-rate")]
    [InlineData(Faults.Slow, "latency")]
    [InlineData(Faults.Health, "health")]
    [InlineData(Faults.ShimDrift, "shim-errors")]
    [Requirement("B1", "phase2-api")]
    [Requirement("B1", "phase2-api", BadWay = true)]
    [Requirement("M3", "phase2-api", BadWay = true)]
    public async Task Trigger_InTheBeta_TakesEverythingBackWithinTheObjective(string fault, string guardrail)
    {
        await using var scene = await Phase2Scene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.Stage == "staging" && at.State == RunState.Soaking, "the beta's soak", skipsSoaks: true);

        scene.Faults.Switch(fault, on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        var report = (await run.Scenario.StatusAsync()).Rollback!;
        Assert.Equal(Actors.Rollout, report.Actor);
        Assert.True(report.ObjectiveMet);
        Assert.Contains(guardrail, report.Cause, StringComparison.Ordinal);
        Assert.Equal(run.WorldBefore, await run.WorldAsync());
        Assert.Equal(404, await scene.StatusOfAsync("v2/runs", "beta-1", "beta"));
    }

    [Fact]
    [Requirement("B1", "phase2-api", BadWay = true)]
    public async Task ErrorSpike_InALabOfOne_TakesEverythingBack()
    {
        await using var scene = await Phase2Scene.StartAsync();
        scene.LabUsers = ["lab-1"];
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.Stage == "internal-lab" && at.State == RunState.Soaking, "the lab's soak");

        scene.Faults.Switch(Faults.ErrorSpike, on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        Assert.Contains("error-rate", (await run.Scenario.StatusAsync()).Rollback!.Cause, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("M3", "phase2-api", BadWay = true)]
    public async Task Lab_WithoutTraffic_IsToldAndNeitherHeldNorPromoted()
    {
        await using var scene = await Phase2Scene.StartAsync();
        scene.LabUsers = ["asleep"];
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.Stage == "internal-lab" && at.State == RunState.Soaking, "the lab's soak");

        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(6));

        Assert.Equal(("internal-lab", RunState.Soaking), ((await run.Scenario.StatusAsync()).Stage, (await run.Scenario.StatusAsync()).State));
        Assert.InRange((await run.Scenario.SoakAsync("internal-lab")).Counted, TimeSpan.Zero, TimeSpan.FromMinutes(15));
        Assert.Contains(await scene.ToldAsync("ops"), told => told.StartsWith("For barbara, linus: ", StringComparison.Ordinal) && told.Contains("error-rate", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("M3", "phase2-api", BadWay = true)]
    public async Task Errors_OfOneMinute_AreNoSpikeAndTakeNothingBack()
    {
        await using var scene = await Phase2Scene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.Stage == "internal-lab" && at.State == RunState.Soaking, "the lab's soak");

        foreach (var _ in new[] { "once", "and later again" })
        {
            scene.Faults.Switch(Faults.ErrorSpike, on: true);
            await run.Scenario.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
            scene.Faults.Switch(Faults.ErrorSpike, on: false);
            await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal(RunState.Soaking, (await run.Scenario.StatusAsync()).State);
        Assert.Equal(2, (await run.Scenario.SoakAsync("internal-lab")).Guardrails.Single(guardrail => guardrail.Name == "error-rate").Failed);
    }

    [Fact]
    [Requirement("B5", "phase2-api")]
    [Requirement("A7", "phase2-api", BadWay = true)]
    public async Task Rollback_TellsEveryAudienceAndOpensAnIncidentWithItsReviewDue()
    {
        await using var scene = await Phase2Scene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.Stage == "internal-lab" && at.State == RunState.Soaking, "the lab's soak");

        scene.Faults.Switch(Faults.ErrorSpike, on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        var incident = scene.Issues.Single(issue => issue.Title.Contains("Phase 2 was rolled back in internal-lab", StringComparison.Ordinal));
        Assert.Equal(["incident", "post-incident-review", "severity:high"], incident.Labels.Order(StringComparer.Ordinal));
        var cause = (await run.Scenario.StatusAsync()).Rollback!.Cause;
        Assert.Contains("error-rate", cause, StringComparison.Ordinal);
        Assert.Contains("Users of /v2 are back on /v1, because of this: guardrail error-rate", incident.Body, StringComparison.Ordinal);
        Assert.Contains(await scene.ToldAsync("ops"), told => told.StartsWith("For barbara, linus: ", StringComparison.Ordinal) && told.Contains("rolls back to start", StringComparison.Ordinal));
        foreach (var audience in new[] { "engineering", "support", "customers" })
            Assert.Contains(await scene.ToldAsync(audience), told => told.StartsWith("Phase 2 was taken back in internal-lab", StringComparison.Ordinal));
        // SRE owns rollback and incidents, and is told of both.
        var told = (await run.Scenario.RecordAsync()).Where(entry => entry.Kind == RunLogKind.Announced).Select(entry => entry.Message).ToList();
        Assert.Contains(told, message => message.StartsWith("To sre (barbara, linus)", StringComparison.Ordinal) && message.Contains("rolls back to start", StringComparison.Ordinal));
        Assert.Contains(told, message => message.StartsWith("To sre (barbara, linus)", StringComparison.Ordinal) && message.Contains("incident", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    [Requirement("B5", "phase2-api", BadWay = true)]
    public async Task Retry_WhileTheIncidentIsOpen_DoesNotPassThePreflight()
    {
        await using var scene = await Phase2Scene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.Stage == "internal-lab" && at.State == RunState.Soaking, "the lab's soak");
        scene.Faults.Switch(Faults.Slow, on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        scene.Faults.Switch(Faults.Slow, on: false);
        await run.Scenario.WhenAsync(RunVerb.Retry, "grace", "mended");
        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");

        Assert.Contains("preflight no-incident (incident/none) failed", (await run.Scenario.StatusAsync()).Because, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("K7", "phase2-api", BadWay = true)]
    public async Task Contract_Broken_HoldsBeforeTheNextStageAndSaysWhere()
    {
        await using var scene = await Phase2Scene.StartAsync();
        scene.Faults.Switch(Faults.ContractBreak, on: true);
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");

        var because = (await run.Scenario.StatusAsync()).Because;
        Assert.Contains("#/components/schemas/Run/properties/agent: expected in answers the property 'agent', got none of that name", because, StringComparison.Ordinal);
        Assert.Contains("expected in requests the value \"low\", got only \"normal\", \"high\"", because, StringComparison.Ordinal);
        Assert.Empty(await run.Scenario.Flags.ListAsync());
    }

    [Fact]
    [Requirement("K7", "phase2-api", BadWay = true)]
    public async Task Shims_ThatDrifted_HoldTheContractStage()
    {
        await using var scene = await Phase2Scene.StartAsync();
        scene.Faults.Switch(Faults.ShimDrift, on: true);
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");

        Assert.Contains("v1/runs: #/0: expected the property 'agentId', got none", (await run.Scenario.StatusAsync()).Because, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phase1-on-phase2", "contract", "ready ci-green (github/checks) failed", "[owned by platform]")]
    [InlineData("shim-coverage", "staging", "shim-coverage", "")]
    [Requirement("K5", "phase2-api", BadWay = true)]
    [Requirement("G1", "phase2-api", BadWay = true)]
    [Requirement("G3", "phase2-api", BadWay = true)]
    public async Task Checks_RedAtGitHub_HoldTheStageAndItsMilestone(string check, string stage, string because, string owned)
    {
        await using var scene = await Phase2Scene.StartAsync(check);
        var playbook = Shipped.Load("phase2-api");
        // How long a stage waits for its criteria is not what is looked at.
        await using var run = await scene.RunAsync(playbook with { Stages = [.. playbook.Stages.Select(each => each.Soak is null ? each : each with { Soak = each.Soak with { For = TimeSpan.FromHours(1), AtMost = TimeSpan.FromHours(9) } })] });

        await run.UntilAsync(at => at.Stage == stage && at.State == RunState.Holding, $"a hold of {stage}", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));

        var status = await run.Scenario.StatusAsync();
        Assert.Contains(because, status.Because, StringComparison.Ordinal);
        Assert.Contains(owned, status.Because, StringComparison.Ordinal);
        var milestone = Shipped.Load("phase2-api").FindStage(stage)!.Milestone!;
        Assert.Contains($"Milestone {milestone.Id}: {milestone.Title}", scene.Issues[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain($"Milestone {milestone.Id}: {milestone.Title}, reached", scene.Issues[0].Body, StringComparison.Ordinal);
    }
}
