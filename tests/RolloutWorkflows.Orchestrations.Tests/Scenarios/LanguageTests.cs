namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Words of the playbook language that are easy to pass over.</summary>
public sealed class LanguageTests
{
    [Fact]
    public async Task RollbackToAStage_ThatIsNotPromotedYet_UndoesTheOpenOne()
    {
        var playbook = GoodWayTests.TwoStages.Replace("rollback: { to: start, objective: 1m }", "rollback: { objective: 1m }", StringComparison.Ordinal)
            .Replace("\n      rollback: { to: start }", "", StringComparison.Ordinal)
            .Replace("  stages:\n", "  rollback: { to: { stage: small } }\n  stages:\n", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, metrics: GoodWayTests.AllGreen);
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);

        await run.WhenAsync(RunVerb.Retry, "cyn");
        Assert.Equal("small", (await run.StatusAsync()).Stage);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.Soaking);
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Retry, "cyn");
        Assert.Equal("all", (await run.StatusAsync()).Stage);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Guardrail_FailsBeforeTheNextStagesFirstEffect_UndoesTheStageThatStands(bool afterARetry)
    {
        var playbook = GoodWayTests.TwoStages.Replace("to: start", "to: stage-start", StringComparison.Ordinal)
            .Replace("    - name: all\n", "    - name: all\n      ready: [ { uses: manual/confirm, with: { prompt: Ready? } } ]\n", StringComparison.Ordinal);
        await using var run = await StartAsync(playbook);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Approve, "bob");
        if (afterARetry)
        {
            await run.WhenAsync(RunVerb.Approve, "bob");
            Assert.Equal(100, await run.PercentAsync("checkout"));
            await run.WhenAsync(RunVerb.Rollback, "cyn");
            Assert.Equal(10, await run.PercentAsync("checkout"));
            await run.WhenAsync(RunVerb.Retry, "cyn");
        }

        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(4));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
        Assert.All((await run.StatusAsync()).Stages, stage => Assert.Equal(StageState.RolledBack, stage.State));
    }

    [Fact]
    public async Task Approvals_OneRejectedWithRollback_DoesNotWaitForTheOthers()
    {
        await using var run = await StartAsync(TwoApprovals);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        var first = (await run.StatusAsync()).OpenApprovals.Single(open => open.Name == "first");
        await run.WhenAsync(RunVerb.Reject, "bob", approvalId: first.ApprovalId);
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
    }

    [Fact]
    public async Task Approvals_BothGivenInEitherOrder_Promote()
    {
        await using var run = await StartAsync(TwoApprovals);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        foreach (var open in (await run.StatusAsync()).OpenApprovals.Reverse()) await run.WhenAsync(RunVerb.Approve, "bob", approvalId: open.ApprovalId);
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(100, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Approval_OlderThanItsValidity_IsAskedForAgain()
    {
        await using var run = await StartAsync(GoodWayTests.TwoStages.Replace("timeout: 3d,", "timeout: 3d, validFor: 1d,", StringComparison.Ordinal));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Hold, "cyn");
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromDays(2));
        await run.WhenAsync(RunVerb.Resume, "cyn");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(100, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Approval_GivenWhileHeld_CountsAfterTheResume()
    {
        await using var run = await StartAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Hold, "cyn");
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Resume, "cyn");
        Assert.Equal(100, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Promotion_FreshMeasurementFailsOnce_HoldsAtOnce()
    {
        await using var run = await StartAsync();
        await run.WhenTimePassesAsync(new TimeSpan(25, 0, 10));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.Holding);
        run.Metrics.Say("errors", _ => MetricReading.Of(0.001));
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(1));
        await run.WhenAsync(RunVerb.Retry, "bob");
        Assert.Equal(100, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Promotion_FreshMeasurementWithoutData_IsRepeatedBeforePeopleAreAsked()
    {
        await using var run = await StartAsync();
        await run.WhenTimePassesAsync(new TimeSpan(25, 0, 10));
        run.Metrics.Say("errors", _ => MetricReading.NoData("nobody came"));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(40));
        await run.ThenStateIsAsync(RunState.Promoting);
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(15));
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Confirmation_WithoutApprovers_IsTheOwnersToGive()
    {
        await using var run = await StartAsync(WithReady("manual/confirm, with: { prompt: Ready? }").Replace("  metrics:\n", "  owner: bob\n  metrics:\n", StringComparison.Ordinal));
        await run.WhenAsync(RunVerb.Approve, "bob", "as the owner: begin");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Approve, "cyn")).Kind);
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.Soaking);
    }

    [Fact]
    public async Task Confirmation_ThatOnlyTheStarterCouldGive_IsNotOpenToEverybody()
    {
        await using var run = await StartAsync(WithReady("manual/confirm, with: { prompt: Ready?, approvers: [ { person: ada } ] }"));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Approve, "mallory")).Kind);
        Assert.DoesNotContain(RunVerb.Ignore, (await run.StatusAsync()).Accepts);
    }

    [Theory]
    [InlineData("reject")]
    [InlineData("rollback")]
    public async Task Confirmation_NobodyAnswersInAStep_DoesWhatItsOnTimeoutSays(string onTimeout)
    {
        var playbook = GoodWayTests.TwoStages.Replace(
            "percent: 10 } } ]", $"percent: 10 }} }}, {{ uses: manual/confirm, with: {{ prompt: Seen?, timeout: 1h, onTimeout: {onTimeout} }} }} ]", StringComparison.Ordinal);
        await using var run = await StartAsync(playbook);
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        await run.ThenStateIsAsync(RunState.RolledBack);
    }

    [Fact]
    public async Task Promote_WhereNoSoakRuns_IsRefused()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: script =>
        {
            GoodWayTests.AllGreen(script);
            script.Say("happy", _ => MetricReading.Of(3.9));
        });
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Promote, "bob")).Kind);
    }

    [Fact]
    public async Task Promote_WithOverrides_IsForTheirMembersOnly()
    {
        await using var run = await StartAsync(GoodWayTests.TwoStages
            .Replace("groups: { captains: [ada, bob, cyn] }", "groups: { captains: [ada, bob, cyn], chiefs: [ada, bob] }", StringComparison.Ordinal)
            .Replace("  metrics:\n", "  overrides: [chiefs]\n  metrics:\n", StringComparison.Ordinal));
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Promote, "cyn")).Kind);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Promote, "ada")).Kind);
        Assert.Equal(RunLogKind.CommandAccepted, (await run.WhenAsync(RunVerb.Promote, "bob", "seen enough")).Kind);
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task GuardrailCheck_WithExpressions_IsAskedWithTheirValues()
    {
        var playbook = GoodWayTests.TwoStages.Replace(
            "failureLimit: 2 }\n", "failureLimit: 2 }\n    - { name: door, uses: http/probe, interval: 5m, with: { url: \"${{ inputs.door }}/health\" }, onFailed: notify }\n", StringComparison.Ordinal)
            .Replace("  metrics:\n", "  inputs: { door: { type: string, default: \"http://127.0.0.1:1\", pattern: \"http://127[.]0[.]0[.]1:1\" } }\n  metrics:\n", StringComparison.Ordinal);
        await using var run = await StartAsync(playbook);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        var message = (await run.SoakAsync("small")).Guardrails.Single(status => status.Name == "door").Last?.Message;
        Assert.Contains("http://127.0.0.1:1/health", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Breach_ThatLasts_IsToldOnce()
    {
        await using var run = await StartAsync(GoodWayTests.TwoStages
            .Replace("soak: { for: 24h, atMost: 48h }", "soak: { for: 24h, atMost: 48h, onBreach: hold }", StringComparison.Ordinal)
            .Replace("failureLimit: 2", "failureLimit: 1000", StringComparison.Ordinal));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Single(await run.RecordAsync(), entry => entry.Kind == RunLogKind.SoakBreached);
        await run.WhenAsync(RunVerb.Resume, "cyn");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Guardrail_ThatOnlyNotifies_SpeaksOncePerEpisode()
    {
        await using var run = await StartAsync(GoodWayTests.TwoStages.Replace("failureLimit: 2", "onFailed: notify", StringComparison.Ordinal));
        for (var episode = 0; episode < 2; episode++)
        {
            run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
            await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
            run.Metrics.Say("errors", _ => MetricReading.Of(0.001));
            await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        }

        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(2, (await run.RecordAsync()).Count(entry => entry.Kind == RunLogKind.GuardrailSpoke));
    }

    [Fact]
    public async Task Rollback_QuiesceAndRecovery_AreNotUndone()
    {
        var playbook = GoodWayTests.TwoStages.Replace("rollback: { to: start, objective: 1m }", """
            rollback:
                    to: start
                    before: [ { uses: flag/set, with: { flag: quiet, value: true } } ]
                    steps: [ { uses: flag/set, with: { flag: sorry, value: true } } ]
            """, StringComparison.Ordinal);
        await using var run = await StartAsync(playbook);
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(RunState.RolledBack);
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.True((await run.Flags.FindAsync("quiet"))?.Enabled);
        Assert.True((await run.Flags.FindAsync("sorry"))?.Enabled);
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
    }

    [Fact]
    public async Task Retry_OfAStep_DoesNotGoOnWhileHeldOrAfterAnAbort()
    {
        await using var run = await RolloutScenario.GivenAsync(
            WithReady("metric/threshold, with: { metric: happy, successCondition: result >= 4.0 }, retry: { maxAttempts: 100, interval: 1m, backoff: 1 }"),
            metrics: script =>
            {
                GoodWayTests.AllGreen(script);
                script.Say("happy", _ => MetricReading.NoData("not yet"));
            });
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        await run.WhenAsync(RunVerb.Hold, "cyn");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        var asked = run.Metrics.Asked;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(asked, run.Metrics.Asked);
        await run.WhenAsync(RunVerb.Abort, "cyn");
        await run.ThenStateIsAsync(RunState.Aborted);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(asked, run.Metrics.Asked);
    }

    [Fact]
    public async Task Time_Compressed_EndsTheSameWay()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen, timeCompression: 70_000);
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(5));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(20));
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    private const string TwoApprovalsText = """
              approvals:
                - { name: first, approvers: [ { group: captains } ], onReject: rollback }
                - { name: second, approvers: [ { group: captains } ] }
        """;

    private static readonly string TwoApprovals = GoodWayTests.TwoStages.Replace(
        "      approval: { approvers: [ { group: captains } ], minApprovals: 1, timeout: 3d, onTimeout: hold }", TwoApprovalsText, StringComparison.Ordinal);

    private static string WithReady(string check) =>
        GoodWayTests.TwoStages.Replace("    - name: small\n", $"    - name: small\n      ready: [ {{ uses: {check} }} ]\n", StringComparison.Ordinal);

    private static Task<RolloutScenario> StartAsync(string? playbook = null) => RolloutScenario.GivenAsync(playbook ?? GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
}
