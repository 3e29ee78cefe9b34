using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Who has not answered is reminded at half and at nine tenths of the time, and at nine tenths it is escalated. The question is asked after one hour, at 10:00 on a Monday.</summary>
public sealed class ReminderTests
{
    private const string Asked = "approval: { approvers: [ { group: captains } ], minApprovals: 2, timeout: 10h, onTimeout: rollback, escalateTo: [chief, chat] }";

    private static readonly string Playbook = GoodWayTests.TwoStages
        .Replace("cyn: { name: Cyn } }", "cyn: { name: Cyn }, chief: { name: Chief } }", StringComparison.Ordinal)
        .Replace("  metrics:\n", "  channels: { chat: { webhook: chat } }\n  metrics:\n", StringComparison.Ordinal)
        .Replace("interval: 1m,", "interval: 10m,", StringComparison.Ordinal)
        .Replace("for: 24h, atMost: 48h", "for: 1h", StringComparison.Ordinal)
        .Replace("approval: { approvers: [ { group: captains } ], minApprovals: 1, timeout: 3d, onTimeout: hold }", Asked, StringComparison.Ordinal);

    [Theory]
    [InlineData(ReplayMode.Sticky)]
    [InlineData(ReplayMode.Always)]
    public async Task Deadline_BeforeItPasses_RemindsTheSilentAndThenEscalates(ReplayMode replay)
    {
        await using var run = await AskedAsync(Playbook, replay);
        var open = (await run.StatusAsync()).OpenApprovals.Single();
        Assert.Equal([5.0, 9.0], open.RemindsAt.Select(at => Math.Round((at - open.AskedAt).TotalHours, 3)));
        Assert.Equal(["chief", "chat"], open.EscalatesTo);
        Assert.Null(open.EscalatedAt);

        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(4));
        var first = Assert.Single(await LinesAsync(run, RunLogKind.ApprovalReminded));
        Assert.StartsWith("To cyn: run-1 still waits for approval of small: Open all?", first.Message, StringComparison.Ordinal);
        Assert.EndsWith("1 of 2 have agreed; it ends at 2026-03-02 20:00 UTC, and then the run rolls back.", first.Message, StringComparison.Ordinal);
        Assert.Empty(await LinesAsync(run, RunLogKind.ApprovalEscalated));

        await run.WhenTimePassesAsync(TimeSpan.FromHours(4));
        Assert.Equal(2, (await LinesAsync(run, RunLogKind.ApprovalReminded)).Count);
        var escalated = Assert.Single(await LinesAsync(run, RunLogKind.ApprovalEscalated));
        Assert.StartsWith("To chief, chat: run-1 still waits for approval of small", escalated.Message, StringComparison.Ordinal);
        Assert.EndsWith("Silent so far: cyn.", escalated.Message, StringComparison.Ordinal);
        open = (await run.StatusAsync()).OpenApprovals.Single();
        Assert.Empty(open.RemindsAt);
        Assert.NotNull(open.EscalatedAt);

        await run.WhenTimePassesAsync(TimeSpan.FromHours(1.1));
        await run.ThenStateIsAsync(RunState.RolledBack);
    }

    [Fact]
    public async Task Deadline_Decided_RemindsNobodyAnyMore()
    {
        await using var run = await AskedAsync(Playbook);
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenAsync(RunVerb.Approve, "cyn");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(12));
        Assert.Empty(await LinesAsync(run, RunLogKind.ApprovalReminded));
        Assert.Empty(await LinesAsync(run, RunLogKind.ApprovalEscalated));
    }

    [Fact]
    public async Task Reminder_WindowCloses_StandsStillWithTheDeadline()
    {
        // The office closes at 13:00, so half of the ten hours is over at 11:00 on Tuesday.
        await using var run = await AskedAsync(Playbook.Replace("  stages:\n", "  windows: { allow: [ { hours: \"09:00-13:00\" } ] }\n  stages:\n", StringComparison.Ordinal));
        var open = (await run.StatusAsync()).OpenApprovals.Single();
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 11, 0, 0, TimeSpan.Zero), open.RemindsAt[0], TimeSpan.FromMinutes(5));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(22));
        Assert.Empty(await LinesAsync(run, RunLogKind.ApprovalReminded));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(3.1));
        Assert.Single(await LinesAsync(run, RunLogKind.ApprovalReminded));
    }

    [Fact]
    public async Task Reminder_ServerRestarts_ComesOnce()
    {
        await using var run = await AskedAsync(Playbook);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(4.9));
        await run.WhenTheServerRestartsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(0.2));
        await run.WhenTheServerRestartsAsync();
        Assert.Single(await LinesAsync(run, RunLogKind.ApprovalReminded));
    }

    [Fact]
    public async Task Escalation_NobodyNamed_IsTheOwners()
    {
        await using var run = await RolloutScenario.GivenAsync(
            Playbook.Replace(", escalateTo: [chief, chat]", "", StringComparison.Ordinal).Replace("  metrics:\n", "  owner: chief\n  metrics:\n", StringComparison.Ordinal), metrics: GoodWayTests.AllGreen);
        await run.WhenAsync(RunVerb.Approve, "chief", "begin");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(10.1));
        Assert.StartsWith("To chief: ", Assert.Single(await LinesAsync(run, RunLogKind.ApprovalEscalated)).Message, StringComparison.Ordinal);
    }

    private static async Task<RolloutScenario> AskedAsync(string playbook, ReplayMode replay = ReplayMode.Sticky)
    {
        var run = await RolloutScenario.GivenAsync(playbook, replay, GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        return run;
    }

    private static async Task<IReadOnlyList<RunLogEntry>> LinesAsync(RolloutScenario run, RunLogKind kind) =>
        [.. (await run.RecordAsync()).Where(entry => entry.Kind == kind)];
}
