using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>What the channel <c>ops</c> hears, and hears again ever more rarely until somebody acknowledges it.</summary>
public sealed class NoticeTests
{
    private static readonly string WithOperations = GoodWayTests.TwoStages
        .Replace("  metrics:\n", "  channels: { ops: { webhook: pager }, chat: { webhook: chat } }\n  metrics:\n", StringComparison.Ordinal)
        .Replace("interval: 1m,", "interval: 10m,", StringComparison.Ordinal);

    [Theory]
    [InlineData(ReplayMode.Sticky)]
    [InlineData(ReplayMode.Always)]
    public async Task Hold_NobodyAnswers_IsToldAgainNumberedAndRecorded(ReplayMode replay)
    {
        await using var run = await HeldByGuardrailAsync(replay);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(7.5));
        var told = await ToldAsync(run);
        Assert.StartsWith("To ops: run-1 holds: errors: ", told[0], StringComparison.Ordinal);
        Assert.Equal(
            ["Reminder 1", "Reminder 2", "Reminder 3"],
            told.Skip(1).Select(text => text["To ops: ".Length..].Split(',')[0]));
    }

    [Fact]
    public async Task Hold_ForDays_IsToldAgainAfterOneTwoFourHoursAndAtLastOnceADay()
    {
        await using var run = await HeldByGuardrailAsync();
        var since = (await run.RecordAsync()).First(entry => entry.Kind == RunLogKind.Announced).At;
        await run.WhenTimePassesAsync(TimeSpan.FromDays(5));
        var reminders = (await run.RecordAsync()).Where(entry => entry.Kind == RunLogKind.Announced && entry.Message.Contains("Reminder", StringComparison.Ordinal));
        Assert.Equal([1, 3, 7, 15, 31, 55, 79, 103], reminders.Select(entry => (int)Math.Round((entry.At - since).TotalHours)));
    }

    [Fact]
    public async Task Hold_APersonsAcceptedCommand_AcknowledgesIt()
    {
        await using var run = await HeldByGuardrailAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        // What is refused acknowledges nothing.
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2.5));
        Assert.Equal(2, await RemindersAsync(run));
        await run.WhenAsync(RunVerb.Annotate, "bob", "I am on it");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(5));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(2, await RemindersAsync(run));
    }

    [Fact]
    public async Task Reminder_ServerRestarts_ComesAllTheSameAndOnce()
    {
        await using var run = await HeldByGuardrailAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(50));
        await run.WhenTheServerRestartsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(1, await RemindersAsync(run));
    }

    [Fact]
    public async Task Hold_ByAPerson_IsToldOnceSinceSomebodyIsAtIt()
    {
        await using var run = await StartAsync();
        await run.WhenAsync(RunVerb.Hold, "cyn", "lunch");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(3));
        Assert.Equal(["To ops: run-1 holds: cyn holds it: lunch"], await ToldAsync(run));
    }

    [Fact]
    public async Task Approval_Asked_IsToldAgainUntilItIsDecided()
    {
        await using var run = await StartAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(27.5));
        var told = await ToldAsync(run);
        Assert.StartsWith("To ops: run-1 asks bob, cyn: Open all?", told[0], StringComparison.Ordinal);
        Assert.Equal(2, await RemindersAsync(run));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(5));
        Assert.Equal(2, await RemindersAsync(run));
    }

    [Fact]
    public async Task Approval_EndedByItsDeadline_IsNoLongerReminded()
    {
        var playbook = WithOperations.Replace("timeout: 3d, onTimeout: hold", "timeout: 90m, onTimeout: hold", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(28));
        await run.ThenStateIsAsync(RunState.Holding);
        var reminders = (await ToldAsync(run)).Where(text => text.Contains("Reminder", StringComparison.Ordinal)).ToList();
        Assert.Contains("asks", reminders[0], StringComparison.Ordinal);
        Assert.All(reminders.Skip(1), text => Assert.Contains("nobody decided", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rollback_ByAGuardrail_IsToldWhenItBeginsAndEndsAndUntilSomebodyAnswers()
    {
        await using var run = await StartAsync();
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.ThenStateIsAsync(RunState.RolledBack);
        var told = await ToldAsync(run);
        Assert.Contains(told, text => text.StartsWith("To ops: run-1 rolls back to start: guardrail errors", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("To ops: run-1 rolled back to start: 1 of 1 effects undone", StringComparison.Ordinal));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(3));
        Assert.Equal(2, await RemindersAsync(run));
        await run.WhenAsync(RunVerb.Abort, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        Assert.Equal(2, await RemindersAsync(run));
    }

    [Fact]
    public async Task Rollback_Blocked_IsToldAtTheObjectiveToTheOwnerAndToOperations()
    {
        var playbook = WithOperations.Replace("  metrics:\n", "  owner: bob\n  metrics:\n", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, metrics: GoodWayTests.AllGreen);
        await run.WhenAsync(RunVerb.Approve, "bob", "begin");
        await run.ThenStateIsAsync(RunState.Soaking);
        run.FlagWrites.Broken = true;
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(await ToldAsync(run), text => text.Contains("cannot go back", StringComparison.Ordinal));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1.1));
        var told = (await ToldAsync(run)).Where(text => text.Contains("cannot go back", StringComparison.Ordinal)).ToList();
        Assert.StartsWith("To bob, ops: run-1 cannot go back: blocked: ", told[0], StringComparison.Ordinal);
        Assert.StartsWith("To ops: Reminder 1, nobody has answered since", told[1], StringComparison.Ordinal);
        run.FlagWrites.Broken = false;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.RolledBack);
    }

    [Fact]
    public async Task Reminders_WithoutAnOperationsChannel_AreNone()
    {
        var playbook = WithOperations.Replace("ops: { webhook: pager }, ", "", StringComparison.Ordinal).Replace("failureLimit: 2", "onFailed: hold", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, metrics: GoodWayTests.AllGreen);
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(5));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Empty(await ToldAsync(run));
    }

    [Theory]
    [InlineData("[cyn]", "To cyn, ops: run-1: errors")]
    [InlineData("[captains]", "To captains (ada, bob, cyn), ops: run-1: errors")]
    [InlineData("[chat]", "To chat: run-1: errors")]
    public async Task Guardrail_ThatWarns_TellsWhomItsNotifyNames(string notify, string expected)
    {
        await using var run = await RolloutScenario.GivenAsync(
            WithOperations.Replace("failureLimit: 2", $"failureLimit: 2, onWarning: notify, notify: {notify}", StringComparison.Ordinal), metrics: GoodWayTests.AllGreen);
        run.Metrics.Say("errors", _ => MetricReading.Of(0.03));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.StartsWith(expected, Assert.Single(await ToldAsync(run)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_OfACompressedRun_IsInOrderAndTellsPlaybookTime()
    {
        await using var run = await RolloutScenario.GivenAsync(WithOperations, metrics: GoodWayTests.AllGreen, timeCompression: 86_400);
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(2));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        var record = await run.RecordAsync();
        Assert.Equal(record.OrderBy(entry => entry.At).Select(entry => entry.EntryId), record.Select(entry => entry.EntryId));
        Assert.Equal(record.OrderBy(entry => entry.PlaybookTime).Select(entry => entry.EntryId), record.Select(entry => entry.EntryId));
        var told = record.Single(entry => entry.Kind == RunLogKind.Announced);
        Assert.True(told.PlaybookTime - record[0].At >= TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Record_OfASoak_TellsItsStartOnce()
    {
        await using var run = await StartAsync();
        Assert.Single(await run.RecordAsync(), entry => entry.Message.Contains("small soaks for 1d", StringComparison.Ordinal));
    }

    private static async Task<RolloutScenario> HeldByGuardrailAsync(ReplayMode replay = ReplayMode.Sticky)
    {
        var run = await RolloutScenario.GivenAsync(WithOperations.Replace("failureLimit: 2", "onFailed: hold", StringComparison.Ordinal), replay, GoodWayTests.AllGreen);
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        await run.ThenStateIsAsync(RunState.Holding);
        return run;
    }

    private static Task<RolloutScenario> StartAsync() => RolloutScenario.GivenAsync(WithOperations, metrics: GoodWayTests.AllGreen);

    private static async Task<IReadOnlyList<string>> ToldAsync(RolloutScenario run) =>
        [.. (await run.RecordAsync()).Where(entry => entry.Kind == RunLogKind.Announced).Select(entry => entry.Message)];

    private static async Task<int> RemindersAsync(RolloutScenario run) =>
        (await ToldAsync(run)).Count(text => text.Contains("Reminder", StringComparison.Ordinal));
}
