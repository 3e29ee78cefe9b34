namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Every command in every state of a run that has not ended is answered at once: accepted, or refused with the reason.</summary>
public sealed class EveryCommandTests
{
    /// <summary>Without an owner, by an admin who did not start the run, with a reason: what each state accepts.</summary>
    private static readonly Dictionary<RunState, RunVerb[]> Accepted = new()
    {
        [RunState.Waiting] = [RunVerb.Hold, RunVerb.Override, RunVerb.Rollback, RunVerb.Abort, RunVerb.Annotate],
        [RunState.Checking] = [RunVerb.Hold, RunVerb.Rollback, RunVerb.Abort, RunVerb.Annotate],
        [RunState.AwaitingApproval] = [RunVerb.Approve, RunVerb.Reject, RunVerb.Hold, RunVerb.Rollback, RunVerb.Abort, RunVerb.Annotate],
        [RunState.Acting] = [RunVerb.Hold, RunVerb.Rollback, RunVerb.Abort, RunVerb.Annotate],
        [RunState.Soaking] = [RunVerb.Hold, RunVerb.Promote, RunVerb.Rollback, RunVerb.Abort, RunVerb.Annotate],
        [RunState.Promoting] = [RunVerb.Hold, RunVerb.Rollback, RunVerb.Abort, RunVerb.Annotate],
        [RunState.Holding] = [RunVerb.Resume, RunVerb.Rollback, RunVerb.Abort, RunVerb.Annotate],
        [RunState.RollingBack] = [RunVerb.Rollback, RunVerb.Abort, RunVerb.Annotate],
        [RunState.RolledBack] = [RunVerb.Retry, RunVerb.Rollback, RunVerb.Abort, RunVerb.Annotate],
    };

    public static TheoryData<RunState, RunVerb> All => [.. from state in Accepted.Keys from verb in Enum.GetValues<RunVerb>() select (state, verb)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Command_InAState_IsAcceptedOrRefusedWithTheReason(RunState state, RunVerb verb)
    {
        await using var run = await InAsync(state);
        await run.ThenStateIsAsync(state);
        var answer = await run.WhenAsync(verb, "bob", "because", isAdmin: true, to: verb == RunVerb.Handover ? "cyn" : null, approvalId: (await run.StatusAsync()).OpenApprovals is [var open, ..] ? open.ApprovalId : null);
        var accepted = Accepted[state].Contains(verb);
        Assert.Equal(accepted ? RunLogKind.CommandAccepted : RunLogKind.CommandRefused, answer.Kind);
        Assert.Equal(("bob", "because"), (answer.Actor, answer.Reason));
        if (!accepted)
        {
            Assert.StartsWith($"{verb.ToString().ToLowerInvariant()} by bob was refused: ", answer.Message, StringComparison.Ordinal);
            await run.ThenStateIsAsync(state);
        }

        // Recorded before it acts: nothing that it caused stands before its own line.
        var record = await run.RecordAsync();
        Assert.DoesNotContain(record.TakeWhile(entry => entry != answer), entry => entry.Message.Contains(": because", StringComparison.Ordinal));
    }

    [Fact]
    public void Table_CoversEveryStateThatARunStaysIn() =>
        Assert.Equal(Enum.GetValues<RunState>().Where(state => !RunTransitions.IsFinal(state) && state != RunState.Pending).Order(), Accepted.Keys.Order());

    private static async Task<RolloutScenario> InAsync(RunState state)
    {
        var playbook = state switch
        {
            RunState.Waiting => GoodWayTests.TwoStages.Replace("  stages:\n", "  windows: { timeZone: UTC, allow: [ { hours: \"20:00-21:00\" } ] }\n  stages:\n", StringComparison.Ordinal),
            // A step that is tried again and again keeps its part of the stage open.
            RunState.Checking => GoodWayTests.TwoStages.Replace("    - name: small\n", "    - name: small\n      ready: [ { uses: http/probe, with: { url: \"http://127.0.0.1:1/health\" }, retry: { maxAttempts: 100, interval: 1h } } ]\n", StringComparison.Ordinal),
            RunState.Acting => GoodWayTests.TwoStages.Replace("percent: 10 } } ]", "percent: 10 } }, { uses: http/probe, with: { url: \"http://127.0.0.1:1/health\" }, retry: { maxAttempts: 100, interval: 1h } } ]", StringComparison.Ordinal),
            _ => GoodWayTests.TwoStages,
        };
        var run = await RolloutScenario.GivenAsync(playbook.Replace("interval: 1m", "interval: 1h", StringComparison.Ordinal), metrics: GoodWayTests.AllGreen);
        switch (state)
        {
            case RunState.AwaitingApproval:
                await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
                break;
            case RunState.Promoting:
                await run.WhenTimePassesAsync(new TimeSpan(25, 0, 10));
                run.Metrics.Say("errors", _ => MetricReading.NoData("nobody came"));
                await run.WhenAsync(RunVerb.Approve, "cyn");
                break;
            case RunState.Holding:
                await run.WhenAsync(RunVerb.Hold, "cyn");
                break;
            case RunState.RollingBack:
                run.FlagWrites.Broken = true;
                await run.WhenAsync(RunVerb.Rollback, "cyn");
                break;
            case RunState.RolledBack:
                await run.WhenAsync(RunVerb.Rollback, "cyn");
                break;
        }

        return run;
    }
}
