using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Surfaces move and go back alone: what happens to one never moves another.</summary>
public sealed class SurfaceTests
{
    /// <summary>Web, then mobile in two stages, then everything; each surface has a flag and an error rate of its own.</summary>
    internal const string Marketplace = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: marketplace }
        spec:
          people:
            persons: { ada: { name: Ada }, bob: { name: Bob }, cyn: { name: Cyn } }
            groups: { leads: [bob, cyn] }
          surfaces: [web, mobile]
          metrics:
            web-errors: { source: test, value: web }
            mobile-errors: { source: test, value: mobile }
            errors: { source: test, value: all }
          guardrails:
            - { metric: web-errors, surface: web, failureCondition: result > 5% }
            - { metric: mobile-errors, surface: mobile, failureCondition: result > 5% }
            - { metric: errors, failureCondition: result > 5% }
          rollback: { to: stage-start, objective: 5m #PLAN# }
          stages:
            - name: web-beta
              surface: web
              steps: [ { uses: flag/rollout, with: { flag: market-web, percent: 10 } } ]
              soak: { for: 20m, atMost: 60m }
              retry: { approval: { approvers: [ { group: leads } ], minApprovals: 1 } }
            - name: mobile-beta
              surface: mobile
              steps: [ { uses: flag/rollout, with: { flag: market-mobile, percent: 10 } } ]
              soak: { for: 20m, atMost: 60m }
            - name: mobile-all
              surface: mobile
              steps: [ { uses: flag/rollout, with: { flag: market-mobile, percent: 100 } } ]
              soak: { for: 20m, atMost: 60m }
            - name: public
              steps:
                - { uses: flag/set, with: { flag: public-web, value: true }, surface: web }
                - { uses: flag/set, with: { flag: public-mobile, value: true }, surface: mobile }
                - { uses: flag/set, with: { flag: public, value: true } }
              soak: { for: 20m, atMost: 60m }
        """;

    public static TheoryData<ReplayMode> Replays => [ReplayMode.Sticky, ReplayMode.Always];

    [Theory]
    [MemberData(nameof(Replays))]
    public async Task Breach_OfThePromotedSurface_RollsItBackAloneWhileTheOtherSoaksOn(ReplayMode replay)
    {
        await using var run = await GivenMobileSoaksAsync(replay);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        run.Metrics.Say("web-errors", _ => MetricReading.Of(0.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));

        await run.ThenStateIsAsync(RunState.RolledBack);
        var status = await run.StatusAsync();
        Assert.Equal(RunState.Soaking, status.Meanwhile);
        Assert.Equal((SurfaceState.RolledBack, SurfaceState.Open), (Surface(status, "web").State, Surface(status, "mobile").State));
        Assert.Equal((0, 10), (await PercentAsync(run, "market-web"), await PercentAsync(run, "market-mobile")));
        Assert.Equal("web", Surface(status, "web").Rollback!.Surface);
        Assert.True(Surface(status, "web").Rollback!.ObjectiveMet);
        Assert.Null(status.Rollback);
        Assert.Equal([StageState.RolledBack, StageState.Open, StageState.Ahead, StageState.Ahead], status.Stages.Select(stage => stage.State));

        // Mobile's soak has lost nothing, its guardrails go on, and it is promoted in its time.
        var soak = await run.SoakAsync("mobile-beta");
        Assert.Equal((0, TimeSpan.Zero), (soak.Resets, soak.Lost));
        Assert.Equal(["mobile-errors", "errors"], soak.Guardrails.Select(guardrail => guardrail.Name));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(100, await PercentAsync(run, "market-mobile"));
        Assert.Equal(0, await PercentAsync(run, "market-web"));
    }

    [Theory]
    [MemberData(nameof(Replays))]
    public async Task Breach_OfTheSurfaceThatIsOpen_RollsItBackAloneAndTheOtherStandsGuarded(ReplayMode replay)
    {
        await using var run = await GivenMobileSoaksAsync(replay);
        run.Metrics.Say("mobile-errors", _ => MetricReading.Of(0.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal((10, 0), (await PercentAsync(run, "market-web"), await PercentAsync(run, "market-mobile")));
        var status = await run.StatusAsync();
        Assert.Null(status.Meanwhile);
        Assert.Equal((SurfaceState.Standing, SurfaceState.RolledBack), (Surface(status, "web").State, Surface(status, "mobile").State));

        // Web is guarded still, and goes back by itself as well.
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(10, await PercentAsync(run, "market-web"));
        run.Metrics.Say("web-errors", _ => MetricReading.Of(0.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await PercentAsync(run, "market-web"));
        Assert.Equal(SurfaceState.RolledBack, Surface(await run.StatusAsync(), "web").State);
    }

    [Theory]
    [MemberData(nameof(Replays))]
    public async Task Breach_OfBothAtOnce_RollsEachBackAndWaitsForPeople(ReplayMode replay)
    {
        await using var run = await GivenMobileSoaksAsync(replay);
        run.Metrics.Say("web-errors", _ => MetricReading.Of(0.2));
        run.Metrics.Say("mobile-errors", _ => MetricReading.Of(0.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal((0, 0), (await PercentAsync(run, "market-web"), await PercentAsync(run, "market-mobile")));
        Assert.Equal(2, (await run.RecordAsync()).Count(entry => entry.Kind == RunLogKind.RollbackFinished));
        Assert.All((await run.StatusAsync()).Surfaces, surface => Assert.Equal(SurfaceState.RolledBack, surface.State));
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Rollback_OfASurfaceByAPerson_LeavesTheOtherOpen()
    {
        await using var run = await GivenMobileSoaksAsync();
        var answer = await run.WhenAsync(RunVerb.Rollback, "cyn", "users complain", surface: "web");

        Assert.Equal(RunLogKind.CommandAccepted, answer.Kind);
        Assert.Equal((0, 10), (await PercentAsync(run, "market-web"), await PercentAsync(run, "market-mobile")));
        Assert.Equal(RunState.Soaking, (await run.StatusAsync()).Meanwhile);
        Assert.Contains("meanwhile", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Rollback, "cyn", surface: "desktop")).Kind);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Retry, "cyn", surface: "mobile")).Kind);
    }

    [Theory]
    [MemberData(nameof(Replays))]
    public async Task Retry_OfASurface_RunsItsStageAgainInItsTurnWithItsApproval(ReplayMode replay)
    {
        await using var run = await GivenMobileSoaksAsync(replay);
        await run.WhenAsync(RunVerb.Rollback, "cyn", surface: "web");
        await run.WhenAsync(RunVerb.Retry, "bob", "fixed", surface: "web");

        // One stage is open at a time: web's comes once mobile's is promoted.
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(SurfaceState.Retrying, Surface(await run.StatusAsync(), "web").State);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(21));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Equal("web-beta", (await run.StatusAsync()).Stage);
        Assert.Equal(0, await PercentAsync(run, "market-web"));
        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(10, await PercentAsync(run, "market-web"));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(65));
        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal((10, 100), (await PercentAsync(run, "market-web"), await PercentAsync(run, "market-mobile")));
        Assert.Equal(2, (await run.StatusAsync()).Stages[0].Attempt);
    }

    [Fact]
    public async Task StageWithoutASurface_WhileOneIsRolledBack_WaitsForIt()
    {
        await using var run = await GivenMobileSoaksAsync();
        await run.WhenAsync(RunVerb.Rollback, "cyn", surface: "web");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(70));

        await run.ThenStateIsAsync(RunState.RolledBack);
        var status = await run.StatusAsync();
        Assert.Equal(100, await PercentAsync(run, "market-mobile"));
        Assert.Equal(StageState.Ahead, status.Stages[3].State);
        Assert.Contains("public waits for web", status.Because, StringComparison.Ordinal);
        Assert.Null(status.Meanwhile);
        Assert.Contains(RunVerb.Retry, status.Accepts);
    }

    [Theory]
    [MemberData(nameof(Replays))]
    public async Task StageOfAllSurfaces_OneBreaches_GoesBackForThatOneAndItsOtherStepsStand(ReplayMode replay)
    {
        await using var run = await GivenPublicSoaksAsync(replay);
        run.Metrics.Say("web-errors", _ => MetricReading.Of(0.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal((false, true, true), (await IsOnAsync(run, "public-web"), await IsOnAsync(run, "public-mobile"), await IsOnAsync(run, "public")));
        // Only what the stage did to web went back: its beta stands.
        Assert.Equal((10, 100), (await PercentAsync(run, "market-web"), await PercentAsync(run, "market-mobile")));
        run.Metrics.Say("web-errors", _ => MetricReading.Of(0));
        await run.WhenAsync(RunVerb.Retry, "bob", surface: "web");
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.True(await IsOnAsync(run, "public-web"));
        Assert.Equal(4, (await run.Journal.ListAsync(RolloutScenario.RunId)).Count(effect => effect.Stage == "public"));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(21));
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    [Fact]
    public async Task Guardrail_OfNoSurface_RollsTheRunBack()
    {
        await using var run = await GivenPublicSoaksAsync();
        run.Metrics.Say("errors", _ => MetricReading.Of(0.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal((false, false, false), (await IsOnAsync(run, "public-web"), await IsOnAsync(run, "public-mobile"), await IsOnAsync(run, "public")));
        Assert.NotNull((await run.StatusAsync()).Rollback);
        run.Metrics.Say("errors", _ => MetricReading.Of(0));
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.Soaking);
    }

    [Theory]
    [MemberData(nameof(Replays))]
    public async Task Rollback_OfTheRunWhileASurfaceGoesBack_TakesBothBack(ReplayMode replay)
    {
        await using var run = await GivenMobileSoaksAsync(replay);
        run.FlagWrites.Broken = true;
        await run.WhenAsync(RunVerb.Rollback, "cyn", surface: "web");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.RollingBack);
        Assert.Contains("the flag store is down", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        await run.WhenAsync(RunVerb.Rollback, "cyn", "all of it");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        run.FlagWrites.Broken = false;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal((0, 0), (await PercentAsync(run, "market-web"), await PercentAsync(run, "market-mobile")));
        Assert.All((await run.StatusAsync()).Surfaces, surface => Assert.Equal(SurfaceState.RolledBack, surface.State));
    }

    [Theory]
    [MemberData(nameof(Replays))]
    public async Task Server_DiesWhileASurfaceGoesBack_FinishesAndTheOtherGoesOn(ReplayMode replay)
    {
        await using var run = await GivenMobileSoaksAsync(replay);
        run.FlagWrites.Broken = true;
        await run.WhenAsync(RunVerb.Rollback, "cyn", surface: "web");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.WhenTheServerRestartsAsync();
        run.FlagWrites.Broken = false;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.WhenTheServerRestartsAsync();

        Assert.Equal((0, 10), (await PercentAsync(run, "market-web"), await PercentAsync(run, "market-mobile")));
        Assert.Equal(SurfaceState.RolledBack, Surface(await run.StatusAsync(), "web").State);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(100, await PercentAsync(run, "market-mobile"));
    }

    [Fact]
    public async Task Effect_OfTheRolledBackSurface_ThatArrivesLate_NeverCountsWhileTheOthersDo()
    {
        await using var run = await GivenMobileSoaksAsync();
        await run.WhenAsync(RunVerb.Rollback, "cyn", surface: "web");

        var late = (await run.Journal.ListAsync(RolloutScenario.RunId))[0] with { EffectId = "late", Surface = "web" };
        Assert.Equal(Activities.EffectIntentOutcome.Refused, (await run.Journal.IntendAsync(late)).Outcome);
        // Mobile's next stage was opened by the same run, and its present one before the rollback: both act.
        Assert.Equal(Activities.EffectIntentOutcome.Written, (await run.Journal.IntendAsync(late with { EffectId = "other", Surface = "mobile", Target = "flag:unused" })).Outcome);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(21));
        Assert.Equal(100, await PercentAsync(run, "market-mobile"));
    }

    [Theory]
    [MemberData(nameof(Replays))]
    public async Task Step_OfASurfaceUnderWayWhenItGoesBack_IsUndoneOnceItSettled(ReplayMode replay)
    {
        await using var run = await GivenAsync(replay);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(19));
        run.FlagWrites.NextTakes = TimeSpan.FromSeconds(20);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(5));
        await run.WhenAsync(RunVerb.Rollback, "cyn", surface: "mobile");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((10, 0), (await PercentAsync(run, "market-web"), await PercentAsync(run, "market-mobile")));
        Assert.Equal(SurfaceState.RolledBack, Surface(await run.StatusAsync(), "mobile").State);
    }

    [Fact]
    public async Task Abort_WhileASurfaceIsRolledBack_ListsWhatStaysOfTheOther()
    {
        await using var run = await GivenMobileSoaksAsync();
        await run.WhenAsync(RunVerb.Rollback, "cyn", surface: "web");
        await run.WhenAsync(RunVerb.Abort, "bob", "enough");
        await run.ThenStateIsAsync(RunState.Aborted);
        var because = (await run.StatusAsync()).Because;
        Assert.Contains("flag:market-mobile", because, StringComparison.Ordinal);
        Assert.DoesNotContain("flag:market-web", because, StringComparison.Ordinal);

        // And what stays can still go back, alone.
        Assert.Equal(RunLogKind.CommandAccepted, (await run.WhenRolledBackAfterTheEndAsync("cyn", surface: "mobile")).Kind);
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await PercentAsync(run, "market-mobile"));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(60));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await PercentAsync(run, "market-mobile"));
    }

    [Fact]
    public async Task Hold_OfASurface_KeepsItsNextStageShutAndTheOpenOneGoesOn()
    {
        await using var run = await GivenAsync();
        await run.WhenAsync(RunVerb.Hold, "cyn", "not yet", surface: "mobile");
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(RunState.Soaking, (await run.StatusAsync()).Meanwhile);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(40));
        Assert.Equal(StageState.Promoted, (await run.StatusAsync()).Stages[0].State);
        Assert.Equal(StageState.Ahead, (await run.StatusAsync()).Stages[1].State);
        await run.WhenAsync(RunVerb.Resume, "cyn", surface: "mobile");
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(10, await PercentAsync(run, "market-mobile"));
    }

    [Fact]
    public async Task Hold_OfTheSurfaceThatIsOpen_EndsWithTheStageWhenItGoesBack()
    {
        await using var run = await GivenMobileSoaksAsync();
        await run.WhenAsync(RunVerb.Hold, "cyn", surface: "mobile");
        await run.ThenStateIsAsync(RunState.Holding);
        await run.WhenAsync(RunVerb.Rollback, "cyn", surface: "mobile");
        await run.ThenStateIsAsync(RunState.RolledBack);
        await run.WhenAsync(RunVerb.Retry, "bob", surface: "mobile");
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(10, await PercentAsync(run, "market-mobile"));
    }

    [Fact]
    public async Task RecoveryPlay_OfASurface_KnowsWhichAndOthersAreLeftOut()
    {
        const string Plan = ", steps: [ { uses: announce, with: { to: [team], text: \"back: ${{ run.surface }}\" } }, { uses: announce, surface: mobile, with: { to: [team], text: \"mobile only\" } } ]";
        await using var run = await GivenMobileSoaksAsync(plan: Plan);
        await run.WhenAsync(RunVerb.Rollback, "cyn", surface: "web");
        Assert.Contains(await run.RecordAsync(), entry => entry.Message.Contains("back: web", StringComparison.Ordinal));
        Assert.DoesNotContain(await run.RecordAsync(), entry => entry.Message.Contains("mobile only", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Step_ThatFailsInAStageOfASurface_RollsThatOneBack()
    {
        await using var run = await GivenAsync(plan: "", yaml: Marketplace.Replace(
            "steps: [ { uses: flag/rollout, with: { flag: market-mobile, percent: 10 } } ]",
            "steps: [ { uses: flag/rollout, with: { flag: market-mobile, percent: 10 } }, { uses: metric/threshold, with: { metric: mobile-errors, successCondition: result > 1 } } ]", StringComparison.Ordinal));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(21));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal((10, 0), (await PercentAsync(run, "market-web"), await PercentAsync(run, "market-mobile")));
        Assert.Equal(SurfaceState.Standing, Surface(await run.StatusAsync(), "web").State);
    }

    private static SurfaceStatus Surface(RunStatus status, string name) => status.Surfaces.Single(surface => surface.Surface == name);

    private static async Task<double> PercentAsync(RolloutScenario run, string flag) => await run.PercentAsync(flag) ?? 0;

    private static async Task<bool> IsOnAsync(RolloutScenario run, string flag) => (await run.Flags.FindAsync(flag))?.Enabled ?? false;

    private static Task<RolloutScenario> GivenAsync(ReplayMode replay = ReplayMode.Sticky, string plan = "", string? yaml = null)
    {
        var text = (yaml ?? Marketplace).Replace(" #PLAN#", plan, StringComparison.Ordinal);
        if (plan.Length > 0) text = text.Replace("  surfaces:", "  channels: { team: { webhook: team } }\n  surfaces:", StringComparison.Ordinal);
        return RolloutScenario.GivenAsync(text, replay, metrics =>
        {
            foreach (var metric in new[] { "web-errors", "mobile-errors", "errors" }) metrics.Say(metric, _ => MetricReading.Of(0));
        });
    }

    private static async Task<RolloutScenario> GivenMobileSoaksAsync(ReplayMode replay = ReplayMode.Sticky, string plan = "")
    {
        var run = await GivenAsync(replay, plan);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(20));
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal("mobile-beta", (await run.StatusAsync()).Stage);
        return run;
    }

    private static async Task<RolloutScenario> GivenPublicSoaksAsync(ReplayMode replay = ReplayMode.Sticky)
    {
        var run = await GivenAsync(replay);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(60));
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal("public", (await run.StatusAsync()).Stage);
        return run;
    }
}
