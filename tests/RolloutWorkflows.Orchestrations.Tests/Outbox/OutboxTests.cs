using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Worker;
using RolloutWorkflows.Orchestrations.Tests.Scenarios;

namespace RolloutWorkflows.Orchestrations.Tests.Outbox;

/// <summary>What runs have to say reaches channels, in order and once, whatever happens to them; and never holds up a run.</summary>
public sealed class OutboxTests
{
    /// <summary>As <see cref="GoodWayTests.TwoStages"/>, measured less often, so that days pass quickly.</summary>
    private static readonly string Playbook = GoodWayTests.TwoStages.Replace("interval: 1m,", "interval: 1h,", StringComparison.Ordinal);

    private readonly RecordingChannel _issue = new("releaseIssue");
    private readonly RecordingChannel _slack = new("slack");

    private Task<RolloutScenario> GivenAsync() =>
        RolloutScenario.GivenAsync(Playbook, metrics: GoodWayTests.AllGreen, channels: [_issue, _slack]);

    [Theory]
    [InlineData(ReplayMode.Sticky)]
    [InlineData(ReplayMode.Always)]
    public async Task Channel_ARunGoesToItsEnd_IsShownEveryLineOnceInOrderAndTheLastState(ReplayMode replay)
    {
        // Replaying from scratch on every turn costs the square of the ticks.
        var playbook = Playbook.Replace("for: 24h, atMost: 48h", "for: 2h, atMost: 4h", StringComparison.Ordinal).Replace("for: 3d", "for: 3h", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, replay, GoodWayTests.AllGreen, channels: [_issue, _slack]);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(3));
        await run.WhenAsync(RunVerb.Approve, "bob", "good");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(4));
        await run.ThenStateIsAsync(RunState.Succeeded);

        foreach (var channel in new[] { _issue, _slack })
        {
            Assert.Equal(await ExpectedAsync(run), channel.ShownOf(RolloutScenario.RunId));
            Assert.Equal(RunState.Succeeded, channel.StateShownOf(RolloutScenario.RunId));
        }

        Assert.All(await run.OutboxStore.ListLanesAsync(), lane => Assert.True(lane.IsFinished));
    }

    [Fact]
    public async Task Channel_DownForHoursInTheMiddleOfARun_CatchesUpInOrderOnceAndWithTheNewestState()
    {
        await using var run = await GivenAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        _issue.Down = Delivery.Later("503");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(24));
        await run.WhenAsync(RunVerb.Approve, "bob", "good");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(6));
        // The run does not care, nor does the other channel.
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(await ExpectedAsync(run), _slack.ShownOf(RolloutScenario.RunId));
        Assert.Single(_issue.ShownOf(RolloutScenario.RunId));
        Assert.NotEqual(RunState.AwaitingApproval, _issue.StateShownOf(RolloutScenario.RunId));

        _issue.Down = null;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(await ExpectedAsync(run), _issue.ShownOf(RolloutScenario.RunId));
        Assert.Equal(RunState.Soaking, _issue.StateShownOf(RolloutScenario.RunId));
    }

    [Fact]
    public async Task Later_CounterpartIsDown_IsAskedAgainAfterFiveSecondsThenEverMoreSeldomUpToFiveMinutes()
    {
        _issue.Down = Delivery.Later("503");
        await using var run = await GivenAsync();
        var calls = new List<int>();
        foreach (var seconds in new[] { 5, 10, 20, 40, 80, 160, 300, 300 })
        {
            await run.WhenTimePassesAsync(TimeSpan.FromSeconds(seconds - 1));
            calls.Add(_issue.Calls.Count);
            await run.WhenTimePassesAsync(TimeSpan.FromSeconds(1));
            calls.Add(_issue.Calls.Count);
        }

        Assert.Equal([1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9], calls);
    }

    [Fact]
    public async Task Later_CounterpartAsksForMorePatience_IsNotAskedBefore()
    {
        _issue.Down = Delivery.Later("429", TimeSpan.FromHours(2));
        await using var run = await GivenAsync();
        _issue.Down = null;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(119));
        // News does not make it ask earlier either.
        await run.WhenAsync(RunVerb.Annotate, "bob", "hello");
        Assert.Single(_issue.Calls);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(await ExpectedAsync(run), _issue.ShownOf(RolloutScenario.RunId));
    }

    [Fact]
    public async Task Delivery_ItsAnswerIsLost_IsCalledAgainWithTheSameIdAndStandsOutsideOnce()
    {
        _issue.LosesAnswers = 1;
        await using var run = await GivenAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(2, _issue.Calls.Count);
        Assert.Single(_issue.Calls.Distinct());
        Assert.Single(_issue.ShownOf(RolloutScenario.RunId));
    }

    [Fact]
    public async Task Refused_AfterThreeTries_IsParkedWhereItIsSeenAndThoseAfterItGoOn()
    {
        _issue.Refuses = text => text.Contains("annotate", StringComparison.Ordinal);
        await using var run = await GivenAsync();
        await run.WhenAsync(RunVerb.Annotate, "bob", "poison");
        await run.WhenAsync(RunVerb.Hold, "bob", "lunch");
        // Until then it holds up what comes after it.
        Assert.Single(_issue.ShownOf(RolloutScenario.RunId));

        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(15));
        var parked = Assert.Single(await run.OutboxStore.ListAsync(new OutboxQuery { State = OutboxState.Parked }));
        Assert.Equal(("releaseIssue", "the text is not taken", 3), (parked.Lane, parked.Problem, parked.Attempts));
        Assert.Equal([.. (await ExpectedAsync(run)).Where(text => !text.Contains("annotate", StringComparison.Ordinal))], _issue.ShownOf(RolloutScenario.RunId));
        Assert.Contains(_slack.ShownOf(RolloutScenario.RunId), text => text.Contains("annotate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Line_NoMessageCanBeMadeOfIt_IsParkedWhereItIsSeenAndTheOthersGoOn()
    {
        _issue.Chokes = line => line.Kind == RunLogKind.StageOpened;
        await using var run = await GivenAsync();
        await run.WhenAsync(RunVerb.Annotate, "bob", "after it");
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(15));
        var parked = Assert.Single(await run.OutboxStore.ListAsync(new OutboxQuery { State = OutboxState.Parked }));
        Assert.Contains("it is a line too long", parked.Problem, StringComparison.Ordinal);
        Assert.Single(_issue.ShownOf(RolloutScenario.RunId));
    }

    [Fact]
    public async Task Run_EndsWhileTheChannelIsDown_IsShownToItsEndAllTheSame()
    {
        await using var run = await GivenAsync();
        _issue.Down = Delivery.Later("503");
        await GoToTheEndAsync(run);
        Assert.Single(_issue.ShownOf(RolloutScenario.RunId));

        await run.WhenTimePassesAsync(TimeSpan.FromDays(3));
        _issue.Down = null;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(await ExpectedAsync(run), _issue.ShownOf(RolloutScenario.RunId));
        Assert.Equal(RunState.Succeeded, _issue.StateShownOf(RolloutScenario.RunId));
        Assert.True((await run.OutboxStore.FindLaneAsync(RolloutScenario.RunId, "releaseIssue"))!.IsFinished);
    }

    [Fact]
    public async Task Run_GoesBackAfterItsEnd_IsShownAgain()
    {
        await using var run = await GivenAsync();
        await GoToTheEndAsync(run);
        await run.WhenRolledBackAfterTheEndAsync("bob", "regret");
        Assert.Equal(await ExpectedAsync(run), _issue.ShownOf(RolloutScenario.RunId));
        Assert.Equal(RunState.RolledBack, _issue.StateShownOf(RolloutScenario.RunId));
        Assert.Equal(2, (await run.OutboxStore.FindLaneAsync(RolloutScenario.RunId, "releaseIssue"))!.Opening);
    }

    [Fact]
    public async Task Run_NothingHappens_IsShownAnewEveryFiveMinutes()
    {
        await using var run = await GivenAsync();
        _issue.Refreshes.Clear();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(6, _issue.Refreshes.Count);
    }

    [Fact]
    public async Task TwoRuns_OneCannotBeShown_TheOtherIs()
    {
        await using var run = await GivenAsync();
        _issue.Refuses = text => text.Contains("stage small opened", StringComparison.Ordinal);
        _issue.Down = Delivery.Later("503");
        await run.WhenAsync(RunVerb.Annotate, "bob", "one");
        _issue.Down = null;
        _issue.Tells = line => line.Kind == RunLogKind.Started;
        await run.WhenAnotherRunStartsAsync("run-2", Playbook.Replace("flag: checkout", "flag: other", StringComparison.Ordinal));
        Assert.Single(_issue.ShownOf("run-2"));
    }

    [Fact]
    public async Task Server_RestartsAtEveryPause_LosesNothingAndShowsNothingTwice()
    {
        await using var run = await GivenAsync();
        _issue.LosesAnswers = 2;
        await run.WhenTheServerRestartsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenTheServerRestartsAsync();
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTheServerRestartsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromDays(4));
        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal(await ExpectedAsync(run), _issue.ShownOf(RolloutScenario.RunId));
        Assert.Equal(await ExpectedAsync(run), _slack.ShownOf(RolloutScenario.RunId));
    }

    [Fact]
    public async Task Lane_ThreeWeeks_KeepsAShortHistory()
    {
        await using var run = await RolloutScenario.GivenAsync(
            Playbook.Replace("for: 24h, atMost: 48h", "for: 21d, atMost: 30d", StringComparison.Ordinal).Replace("interval: 1h,", "interval: 1d,", StringComparison.Ordinal),
            metrics: GoodWayTests.AllGreen, channels: [_issue]);
        await run.WhenTimePassesAsync(TimeSpan.FromDays(21));
        var history = await run.Host.Administration.GetHistoryAsync(OrchestrationNames.OutboxInstance(RolloutScenario.RunId, "releaseIssue"), TestContext.Current.CancellationToken);
        Assert.InRange(history.Count, 1, 20);
        Assert.True(_issue.Refreshes.Count > 6000, $"{_issue.Refreshes.Count}");
    }

    private static async Task GoToTheEndAsync(RolloutScenario run)
    {
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Approve, "bob", "good");
        await run.WhenTimePassesAsync(TimeSpan.FromDays(4));
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    private async Task<IReadOnlyList<string>> ExpectedAsync(RolloutScenario run) =>
        [.. (await run.RecordAsync()).Where(_issue.Tells).Select(line => line.Message)];
}
