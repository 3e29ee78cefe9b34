using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>What a playbook says about every promotion.</summary>
public sealed class PromotionTests : IDisposable
{
    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: tracked }
        spec:
          promotion: [ { uses: checkpoint/append, with: { file: phase-tracker.md, text: "${{ run.stage }} is promoted" } } ]
          rollback: { to: start }
          stages:
            - name: beta
              steps: [ { uses: flag/set, with: { flag: checkout, value: true } } ]
              soak: { for: 1h }
            - name: public
              steps: [ { uses: flag/set, with: { flag: checkout-public, value: true } } ]
              soak: { for: 1h }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rollout-promotion-");

    private string Tracker => Path.Combine(_folder.FullName, "phase-tracker.md");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Promotion_OfEveryStage_IsWrittenIntoTheTrackerOnceItIsDecided()
    {
        await using var run = await StartAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(59));
        Assert.Equal("# Phases\n", await TextAsync());

        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));

        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal(["# Phases", "- 2026-03-02 10:00 UTC, run-1, beta: beta is promoted", "- 2026-03-02 11:00 UTC, run-1, public: public is promoted"], await LinesAsync());
    }

    [Fact]
    public async Task Promotion_WithoutItsTracker_HoldsAndIsToldOnceItIsThere()
    {
        await using var run = await StartAsync();
        File.Delete(Tracker);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(61));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains("phase-tracker.md does not exist", (await run.StatusAsync()).Because, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Tracker, "", TestContext.Current.CancellationToken);
        await run.WhenAsync(RunVerb.Retry, "ada");

        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Single(await LinesAsync());
    }

    [Fact]
    public async Task Rollback_AfterAPromotion_LeavesItsLineAndSaysSo()
    {
        await using var run = await StartAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(70));
        await run.WhenAsync(RunVerb.Rollback, "ada");

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(1, (await run.StatusAsync()).Rollback!.LeftInPlace);
        Assert.Contains("left in place", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Equal(2, (await LinesAsync()).Length);
    }

    private async Task<RolloutScenario> StartAsync()
    {
        await File.WriteAllTextAsync(Tracker, "# Phases\n", TestContext.Current.CancellationToken);
        return await RolloutScenario.GivenAsync(Playbook, services: services => services.AddSingleton(new PlaybookFileOptions { Root = _folder.FullName }));
    }

    private Task<string> TextAsync() => File.ReadAllTextAsync(Tracker, TestContext.Current.CancellationToken);

    /// <summary>The lines as people read them.</summary>
    private async Task<string[]> LinesAsync() => [.. (await TextAsync()).Split('\n').Select(line => line.Split(" <!--")[0]).Where(line => line.Length > 0)];
}
