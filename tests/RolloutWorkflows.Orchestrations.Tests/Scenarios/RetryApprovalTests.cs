namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary><c>retry: { approval }</c> on a stage: what trying it again after a rollback needs.</summary>
public sealed class RetryApprovalTests
{
    private static readonly string WithRetry = GoodWayTests.TwoStages.Replace(
        "    - name: small\n",
        """
            - name: small
              ready: [ { id: door, uses: metric/threshold, with: { metric: happy, successCondition: result >= 4.0 } } ]
              retry: { approval: { approvers: [ { group: captains } ], minApprovals: all } }

        """, StringComparison.Ordinal);

    [Fact]
    public async Task Retry_AfterARollback_ChecksAgainAndAsksTheRetryApprovalBeforeAnyEffect()
    {
        await using var run = await StartAsync();
        await run.ThenStateIsAsync(RunState.Soaking);
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        Assert.Equal(RunLogKind.CommandAccepted, (await run.WhenAsync(RunVerb.Retry, "cyn")).Kind);

        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        var open = (await run.StatusAsync()).OpenApprovals.Single();
        Assert.StartsWith("small was rolled back. Try it again? Its steps: flag/rollout", open.Prompt, StringComparison.Ordinal);
        Assert.Equal(2, (await run.RecordAsync()).Count(entry => entry.Kind == RunLogKind.StepFinished && entry.Message.StartsWith("ready door", StringComparison.Ordinal)));
        await run.WhenAsync(RunVerb.Approve, "bob", "mended");
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
        await run.WhenAsync(RunVerb.Approve, "cyn", "mended");
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(10, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Retry_CheckFailsAfterARollback_HoldsBeforeAnybodyIsAsked()
    {
        await using var run = await StartAsync();
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        run.Metrics.Say("happy", _ => MetricReading.Of(1));
        await run.WhenAsync(RunVerb.Retry, "cyn");
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Empty((await run.StatusAsync()).OpenApprovals);
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
    }

    [Fact]
    public async Task RetryApproval_Rejected_HoldsAndChangesNothing()
    {
        await using var run = await StartAsync();
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.WhenAsync(RunVerb.Retry, "cyn");
        await run.WhenAsync(RunVerb.Reject, "bob", "not mended");
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
    }

    [Fact]
    public async Task FirstAttempt_AsksNoRetryApproval()
    {
        await using var run = await StartAsync();
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.DoesNotContain(await run.RecordAsync(), entry => entry.Kind == RunLogKind.ApprovalAsked);
    }

    private static Task<RolloutScenario> StartAsync() => RolloutScenario.GivenAsync(WithRetry, metrics: GoodWayTests.AllGreen);
}
