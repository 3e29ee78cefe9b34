namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Promote, ignore and override need an admin or a group under <c>overrides</c>, a reason, and never the starter.</summary>
public sealed class OverrideTests
{
    private const string Closed = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: closed }
        spec:
          people:
            persons: { ada: { name: Ada }, bob: { name: Bob }, cyn: { name: Cyn } }
            groups: { captains: [ada, bob, cyn], chiefs: [ada, bob] }
          OVERRIDES
          windows: { timeZone: Europe/Berlin, allow: [ { days: mon-thu, hours: "14:00-16:00" } ] }
          stages:
            - name: only
              READY
              approval: { when: before, approvers: [ { group: captains } ]TIMEOUT }
              steps: [ { uses: flag/rollout, with: { flag: closed, percent: 5 } } ]
              rollback: { to: start }
        """;

    [Fact]
    public async Task Override_ByAMemberOfItsGroups_OpensTheClosedWindowNow()
    {
        await using var run = await StartAsync();
        await run.ThenStateIsAsync(RunState.Waiting);
        var answer = await run.WhenAsync(RunVerb.Override, "bob", "the fix cannot wait");
        Assert.Equal((RunLogKind.CommandAccepted, "bob", "the fix cannot wait"), (answer.Kind, answer.Actor, answer.Reason));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Approve, "cyn");
        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal(5, await run.PercentAsync("closed"));
    }

    [Fact]
    public async Task Override_OpensOnlyTheClosedSpanThatItPassed()
    {
        await using var run = await StartAsync();
        await run.WhenAsync(RunVerb.Override, "bob", "the fix cannot wait");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        // Nine in the evening: the window that was overridden has opened and closed since.
        await run.WhenTimePassesAsync(TimeSpan.FromHours(12));
        await run.WhenAsync(RunVerb.Approve, "cyn");
        await run.ThenStateIsAsync(RunState.Waiting);
    }

    [Fact]
    public async Task Override_OpensTheWindowForDeadlinesToo()
    {
        await using var run = await StartAsync(timeout: ", timeout: 2h, onTimeout: hold");
        await run.WhenAsync(RunVerb.Override, "bob", "the fix cannot wait");
        var open = (await run.StatusAsync()).OpenApprovals.Single();
        Assert.Equal((null, open.AskedAt.AddHours(2)), (open.StandsStill, open.Deadline));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2.1));
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Override_WhereNoWindowOpensAnyMore_IsOneOfTheChoices()
    {
        await using var run = await StartAsync(windows: "windows: { timeZone: UTC, allow: [ { from: 2026-01-01, to: 2026-01-02 } ] }");
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains(RunVerb.Override, (await run.StatusAsync()).Accepts);
        Assert.Equal(RunLogKind.CommandAccepted, (await run.WhenAsync(RunVerb.Override, "bob", "late, and agreed")).Kind);
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Theory]
    [InlineData("ada", true, "why not", "ada started the run, and override needs somebody else")]
    [InlineData("ada", false, "why not", "ada started the run, and override needs somebody else")]
    [InlineData("cyn", false, "why not", "override needs an admin or a member of chiefs, and cyn is neither")]
    [InlineData("bob", false, null, "override needs a reason")]
    [InlineData("bob", false, " ", "override needs a reason")]
    public async Task Override_WithoutStanding_IsRefused(string actor, bool isAdmin, string? reason, string why)
    {
        await using var run = await StartAsync();
        var answer = await run.WhenAsync(RunVerb.Override, actor, reason, isAdmin: isAdmin);
        Assert.Equal((RunLogKind.CommandRefused, $"override by {actor} was refused: {why}"), (answer.Kind, answer.Message));
        await run.ThenStateIsAsync(RunState.Waiting);
    }

    [Theory]
    [InlineData(RunVerb.Override)]
    [InlineData(RunVerb.Promote)]
    [InlineData(RunVerb.Ignore)]
    public async Task PlaybookWithoutOverrides_OnlyAnAdminGoesPastAGate(RunVerb verb)
    {
        await using var run = await StandingBeforeAsync(verb);
        var refused = await run.WhenAsync(verb, "bob", "because");
        Assert.Equal(RunLogKind.CommandRefused, refused.Kind);
        Assert.Contains("needs an admin, since the playbook names no groups under overrides, and bob is none", refused.Message, StringComparison.Ordinal);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(verb, "ada", "because", isAdmin: true)).Kind);
        Assert.Equal(RunLogKind.CommandAccepted, (await run.WhenAsync(verb, "bob", "because", isAdmin: true)).Kind);
    }

    [Fact]
    public async Task Override_WhereNoWindowIsClosed_IsRefused()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Override, "bob", "because", isAdmin: true)).Kind);
    }

    [Theory]
    [InlineData("manual/confirm, with: { prompt: Ready?, approvers: [ { group: captains } ] }")]
    public async Task Ignore_NeverPassesAConfirmation(string check)
    {
        await using var run = await StartAsync(windows: "", ready: $"ready: [ {{ uses: {check} }} ]");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Ignore, "bob", "because", isAdmin: true)).Kind);
        await run.WhenAsync(RunVerb.Reject, "bob");
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Ignore, "bob", "because", isAdmin: true)).Kind);
    }

    [Fact]
    public async Task Ignore_NeverPassesAnApproval()
    {
        await using var run = await StartAsync(windows: "");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Ignore, "bob", "because", isAdmin: true)).Kind);
        await run.WhenAsync(RunVerb.Reject, "bob");
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Ignore, "bob", "because", isAdmin: true)).Kind);
    }

    [Fact]
    public async Task Ignore_NeverPassesAFailedGuardrail_NotEvenTogetherWithAFailedCheck()
    {
        var playbook = GoodWayTests.TwoStages
            .Replace("failureLimit: 2 }", "failureLimit: 2, onFailed: hold }", StringComparison.Ordinal)
            .Replace("    - name: all\n", "    - name: all\n      ready: [ { uses: http/probe, with: { url: \"http://127.0.0.1:1/health\" } } ]\n", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains(RunVerb.Ignore, (await run.StatusAsync()).Accepts);

        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        Assert.Contains("guardrail", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Ignore, "bob", "because", isAdmin: true)).Kind);
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Abort_DuringRollingBack_NeedsAnAdmin()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        run.FlagWrites.Broken = true;
        await run.WhenAsync(RunVerb.Rollback, "bob", "complaints");
        await run.ThenStateIsAsync(RunState.RollingBack);
        var refused = await run.WhenAsync(RunVerb.Abort, "bob", "enough");
        Assert.Equal("abort by bob was refused: the run is rolling back, and only an admin may stop it half-way; bob is none. Once it is RolledBack, anybody may abort it", refused.Message);
        await run.ThenStateIsAsync(RunState.RollingBack);
        Assert.Equal(RunLogKind.CommandAccepted, (await run.WhenAsync(RunVerb.Abort, "bob", "enough", isAdmin: true)).Kind);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.Aborted);
    }

    private static async Task<RolloutScenario> StandingBeforeAsync(RunVerb verb)
    {
        if (verb == RunVerb.Override) return await StartAsync(overrides: "");
        if (verb == RunVerb.Promote) return await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        var run = await StartAsync(overrides: "", windows: "", ready: "ready: [ { uses: http/probe, with: { url: \"http://127.0.0.1:1/health\" } } ]");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        return run;
    }

    private static Task<RolloutScenario> StartAsync(string overrides = "overrides: [chiefs]", string? windows = null, string ready = "", string timeout = "") => RolloutScenario.GivenAsync(Closed
        .Replace("TIMEOUT", timeout, StringComparison.Ordinal)
        .Replace("OVERRIDES", overrides, StringComparison.Ordinal)
        .Replace("READY", ready, StringComparison.Ordinal)
        .Replace("windows: { timeZone: Europe/Berlin, allow: [ { days: mon-thu, hours: \"14:00-16:00\" } ] }", windows ?? "windows: { timeZone: Europe/Berlin, allow: [ { days: mon-thu, hours: \"14:00-16:00\" } ] }", StringComparison.Ordinal));
}
