namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>A stage of one surface is watched (<c>soak.watch</c>) while a stage of another is open.</summary>
public sealed class SurfaceWatchTests
{
    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: marketplace }
        spec:
          surfaces: [web, mobile]
          metrics:
            web-errors: { source: test, value: web }
            mobile-errors: { source: test, value: mobile }
          rollback: { to: stage-start, objective: 5m }
          stages:
            - name: web-beta
              surface: web
              steps: [ { uses: flag/rollout, with: { flag: market-web, percent: 10 } } ]
              guardrails: [ { metric: web-errors, interval: 1m, failureCondition: result > 5%, onFailed: REACTION } ]
              soak: { for: 6h, watch: true }
            - name: mobile-beta
              surface: mobile
              steps: [ { uses: flag/rollout, with: { flag: market-mobile, percent: 10 } } ]
              guardrails: [ { metric: mobile-errors, interval: 1m, failureCondition: result > 5% } ]
              soak: { for: 2h }
        """;

    [Fact]
    public async Task WatchedStage_ItsGuardrailBreachesWhileAnotherSurfaceSoaks_GoesBackAloneAndTheOtherSoaksOn()
    {
        await using var run = await GivenAsync("rollback");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        run.Metrics.Say("web-errors", _ => MetricReading.Of(0.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((0, 10), await PercentsAsync(run));
        Assert.Equal([SurfaceState.RolledBack, SurfaceState.Open], await SurfacesAsync(run));
        Assert.False((await run.StatusAsync()).Stages[0].IsWatched);
        var counted = (await run.SoakAsync("mobile-beta")).Counted;

        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        Assert.True((await run.SoakAsync("mobile-beta")).Counted >= counted + TimeSpan.FromMinutes(9));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        Assert.Equal([SurfaceState.RolledBack, SurfaceState.Standing], await SurfacesAsync(run));
        await run.ThenStateIsAsync(RunState.RolledBack);
    }

    [Fact]
    public async Task WatchedStage_RolledBackAndTriedAgain_IsWatchedAnewToTheEndOfTheRun()
    {
        await using var run = await GivenAsync("rollback");
        run.Metrics.Say("web-errors", _ => MetricReading.Of(0.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(3));
        run.Metrics.Say("web-errors", _ => MetricReading.Of(0));
        await run.WhenAsync(RunVerb.Retry, "bob", "mended", surface: "web");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(3));

        Assert.Equal((10, 10), await PercentsAsync(run));
        Assert.True((await run.StatusAsync()).Stages[0].IsWatched);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(7));
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    [Fact]
    public async Task WatchedStage_ItsGuardrailHolds_HoldsItsSurfaceAndTheOtherSoaksOn()
    {
        await using var run = await GivenAsync("hold");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        run.Metrics.Say("web-errors", _ => MetricReading.Of(0.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));

        Assert.Equal((10, 10), await PercentsAsync(run));
        Assert.Equal([SurfaceState.Holding, SurfaceState.Open], await SurfacesAsync(run));
        var counted = (await run.SoakAsync("mobile-beta")).Counted;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        Assert.True((await run.SoakAsync("mobile-beta")).Counted > counted);
    }

    [Fact]
    public async Task OpenSurface_RolledBackWhileAnotherIsWatched_LeavesTheWatch()
    {
        await using var run = await GivenAsync("rollback");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        run.Metrics.Say("mobile-errors", _ => MetricReading.Of(0.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        Assert.Equal((10, 0), await PercentsAsync(run));
        Assert.True((await run.StatusAsync()).Stages[0].IsWatched);

        run.Metrics.Say("web-errors", _ => MetricReading.Of(0.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((0, 0), await PercentsAsync(run));
        Assert.Equal([SurfaceState.RolledBack, SurfaceState.RolledBack], await SurfacesAsync(run));
    }

    private static async Task<IEnumerable<SurfaceState>> SurfacesAsync(RolloutScenario run) => (await run.StatusAsync()).Surfaces.Select(surface => surface.State);

    private static async Task<(double Web, double Mobile)> PercentsAsync(RolloutScenario run) => (await run.PercentAsync("market-web") ?? 0, await run.PercentAsync("market-mobile") ?? 0);

    /// <summary>The web stage is promoted and watched, and mobile soaks.</summary>
    private static async Task<RolloutScenario> GivenAsync(string reaction)
    {
        var run = await RolloutScenario.GivenAsync(Playbook.Replace("REACTION", reaction, StringComparison.Ordinal), metrics: metrics =>
        {
            foreach (var metric in new[] { "web-errors", "mobile-errors" }) metrics.Say(metric, _ => MetricReading.Of(0));
        });
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.True((await run.StatusAsync()).Stages[0].IsWatched);
        return run;
    }
}
