namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>What people are shown when they are asked, and what of it binds their answer.</summary>
public sealed class DecisionPackTests
{
    [Fact]
    public async Task Approval_WhenAsked_ShowsMetricsSoakChecksChangesAndTheWayBack()
    {
        await using var run = await AskedAsync();
        var open = (await run.StatusAsync()).OpenApprovals.Single();
        var pack = open.Pack!;
        var errors = Assert.Single(pack.Guardrails);
        Assert.Equal(("errors", "fails at result > 5%, warns at result > 2%", 0.001), (errors.Name, errors.Limits, errors.Last!.Value));
        Assert.True(pack.AsOf - errors.Last.MeasuredAt <= TimeSpan.FromMinutes(2), "the measurement that is shown is the last one");
        Assert.Equal((TimeSpan.FromHours(24), 0), (pack.Soak!.Needed, pack.Soak.Resets));
        var change = Assert.Single(pack.Changes);
        Assert.Equal(("all", "flag:checkout", "10 %", "100 %"), (pack.Opens, change.Target, change.From, change.To));

        Assert.Contains("Changes: flag:checkout from 10 % to 100 %", open.Shown.Lines);
        Assert.Contains("Soak: 24h of 24h counted", open.Shown.Lines.Select(line => line.Replace("1d", "24h", StringComparison.Ordinal)));
        Assert.Contains("Way back: to start: flag:checkout back to 10 %", open.Shown.Lines);
        Assert.Contains(open.Shown.Lines, line => line.StartsWith("Guardrail errors: Passed at 0.001 (fails at result > 5%, warns at result > 2%), measured 2026-03-03 ", StringComparison.Ordinal));
        Assert.Contains(open.Shown.Lines, line => line.StartsWith("Check criteria criteria-metric-threshold-1: Passed, ", StringComparison.Ordinal));
        Assert.Empty(pack.Unknown);
    }

    [Fact]
    public async Task Values_ThatAreShown_BindNothing()
    {
        await using var run = await AskedAsync("bindTo: [playbook, inputs, effects, evidence]");
        var before = (await run.StatusAsync()).OpenApprovals.Single();
        run.Metrics.Say("errors", _ => MetricReading.Of(0.019));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(before.ApprovalId, (await run.StatusAsync()).OpenApprovals.Single().ApprovalId);
        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(100, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Vote_KeepsTheDigestOfWhatWasShownAndTheRecordItsLines()
    {
        await using var run = await AskedAsync();
        var shown = (await run.StatusAsync()).OpenApprovals.Single().Shown;
        var accepted = await run.WhenAsync(RunVerb.Approve, "bob", "seen", via: "slack");
        var decided = (await run.RecordAsync()).Single(entry => entry.Kind == RunLogKind.ApprovalDecided).Data!.Value;
        Assert.Equal(shown.Digest, accepted.Data!.Value.GetProperty("shown").GetString());
        Assert.Equal(shown.Digest, decided.GetProperty("votes")[0].GetProperty("shown").GetString());
        Assert.Equal(shown.Digest, decided.GetProperty("shown").GetProperty("digest").GetString());
        Assert.Equal(shown.Lines, decided.GetProperty("shown").GetProperty("lines").EnumerateArray().Select(line => line.GetString()));
    }

    [Fact]
    public async Task Pack_WhoseTargetCannotBeRead_SaysSoAndTheQuestionIsPutAllTheSame()
    {
        var playbook = GoodWayTests.TwoStages
            .Replace("- name: small\n", "- name: small\n      ready: [ { uses: manual/confirm, with: { prompt: Ready?, approvers: [ { group: captains } ] } } ]\n", StringComparison.Ordinal)
            .Replace("approval: { approvers", "approval: { when: before, approvers", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, metrics: GoodWayTests.AllGreen);
        run.FlagWrites.Silent = true;
        await run.WhenAsync(RunVerb.Approve, "bob", "ready");
        var open = (await run.StatusAsync()).OpenApprovals.Single();
        run.FlagWrites.Silent = false;
        Assert.Contains("Not known: how flag-rollout-1 (flag/rollout) finds its target: the flag store is down", open.Shown.Lines);
        Assert.Contains("Changes: flag/rollout (flag: checkout, percent: 10)", open.Shown.Lines);
        await run.WhenAsync(RunVerb.Approve, "cyn");
        Assert.Equal(10, await run.PercentAsync("checkout"));
    }

    private static async Task<RolloutScenario> AskedAsync(string bindTo = "bindTo: [playbook, inputs, effects]")
    {
        var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages.Replace("onTimeout: hold }", $"onTimeout: hold, {bindTo} }}", StringComparison.Ordinal), metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        return run;
    }
}
