using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Worker;
using RolloutWorkflows.Orchestrations.Tests.Scenarios;

namespace RolloutWorkflows.Orchestrations.Tests.Outbox;

/// <summary>With <c>documentBeforeProceeding</c> the step after the checks waits for the release issue; nothing else does.</summary>
public sealed class DocumentationTests
{
    private static readonly string Playbook = GoodWayTests.TwoStages
        .Replace("interval: 1m,", "interval: 1h,", StringComparison.Ordinal)
        .Replace("  metrics:\n", "  channels: { releaseIssue: { repository: acme/web } }\n  releaseIssue: { documentBeforeProceeding: true }\n  metrics:\n", StringComparison.Ordinal)
        .Replace("    - name: small\n", "    - name: small\n      ready: [ { uses: metric/threshold, with: { metric: happy, successCondition: result >= 4.0 } } ]\n", StringComparison.Ordinal);

    private readonly RecordingChannel _issue = new("releaseIssue");

    private Task<RolloutScenario> GivenAsync(ReplayMode replay = ReplayMode.Sticky) => RolloutScenario.GivenAsync(Playbook, replay, GoodWayTests.AllGreen, channels: [_issue]);

    [Theory]
    [InlineData(ReplayMode.Sticky)]
    [InlineData(ReplayMode.Always)]
    public async Task Stage_IssueCanBeWritten_GoesOnOnceItShowsTheChecks(ReplayMode replay)
    {
        await using var run = await GivenAsync(replay);
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        Assert.Equal(RunState.Checking, _issue.Refreshes.First(refresh => refresh.State != RunState.Pending).State);
        Assert.Contains(await run.RecordAsync(), line => line.Kind == RunLogKind.DocumentationAwaited);
    }

    [Fact]
    public async Task Stage_IssueIsDownForADay_WaitsSaysSoAndGoesOnWhenItIsBack()
    {
        _issue.Down = Delivery.Later("503");
        await using var run = await GivenAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(24));
        await run.ThenStateIsAsync(RunState.Checking);
        Assert.Null(await run.PercentAsync("checkout"));
        Assert.Contains("waits until the release issue shows", (await run.StatusAsync()).Because, StringComparison.Ordinal);

        _issue.Down = null;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(6));
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        // What was checked a day ago is checked again before anything is changed.
        Assert.Equal(2, (await run.RecordAsync()).Count(line => line.Kind == RunLogKind.StepFinished && line.Message.StartsWith("ready", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rollback_WhileAStageWaitsForTheIssue_GoesThroughAtOnceAndLaterItGoesOn()
    {
        _issue.Down = Delivery.Later("503");
        await using var run = await GivenAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(6));
        Assert.Equal(RunLogKind.CommandAccepted, (await run.WhenAsync(RunVerb.Rollback, "bob", "no")).Kind);
        await run.ThenStateIsAsync(RunState.RolledBack);

        Assert.Equal(RunLogKind.CommandAccepted, (await run.WhenAsync(RunVerb.Retry, "bob", "yes")).Kind);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(18));
        await run.ThenStateIsAsync(RunState.Checking);
        _issue.Down = null;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(6));
        await run.ThenStateIsAsync(RunState.Soaking);
    }

    [Fact]
    public async Task Hold_WhileAStageWaitsForTheIssue_HoldsAndResumesToTheWait()
    {
        _issue.Down = Delivery.Later("503");
        await using var run = await GivenAsync();
        await run.WhenAsync(RunVerb.Hold, "bob", "lunch");
        await run.ThenStateIsAsync(RunState.Holding);
        _issue.Down = null;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(6));
        await run.ThenStateIsAsync(RunState.Holding);
        await run.WhenAsync(RunVerb.Resume, "bob");
        await run.ThenStateIsAsync(RunState.Soaking);
    }

    [Fact]
    public async Task Server_RestartsWhileAStageWaits_GoesOnAllTheSame()
    {
        _issue.Down = Delivery.Later("503");
        await using var run = await GivenAsync();
        await run.WhenTheServerRestartsAsync();
        _issue.Down = null;
        await run.WhenTheServerRestartsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(6));
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.DoesNotContain(await run.OutboxStore.ListAsync(new OutboxQuery()), message => message.State != OutboxState.Delivered);
    }
}
