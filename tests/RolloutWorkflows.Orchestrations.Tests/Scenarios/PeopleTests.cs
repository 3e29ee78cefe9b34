namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

public sealed class PeopleTests
{
    private const string WithOperations = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: people }
        spec:
          people:
            persons: { ada: { name: Ada }, bob: { name: Bob } }
            groups: { captains: [ada, bob] }
          channels: { ops: { webhook: pager } }
          stages:
            - name: only
              steps: [ { uses: flag/rollout, with: { flag: people, percent: 5 } } ]
              soak: { for: 1h, atMost: 10d }
              criteria: [ { uses: manual/confirm, with: { prompt: Happy?, approvers: [ { group: captains } ] } } ]
              rollback: { to: start }
        """;

    [Fact]
    public async Task Criteria_PersonSaysNo_HoldsAndAsksAgainOnlyWhenToldTo()
    {
        await using var run = await RolloutScenario.GivenAsync(WithOperations);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Reject, "bob", "not yet");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(8));
        await run.ThenStateIsAsync(RunState.Holding);
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    [Fact]
    public async Task Criteria_PersonSaysNoAndIsAskedAgainAfterTheDeadline_IsNotOverruledByIt()
    {
        var playbook = WithOperations.Replace("atMost: 10d", "atMost: 2h, onTimeout: rollback", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.WhenAsync(RunVerb.Reject, "bob", "not yet");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(8));
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal(5, await run.PercentAsync("people"));
    }

    [Fact]
    public async Task Question_WithAnOperationsChannel_IsToldThere()
    {
        await using var run = await RolloutScenario.GivenAsync(WithOperations);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        Assert.Contains(await run.RecordAsync(), entry => entry.Kind == RunLogKind.Announced && entry.Message == "To ops: run-1 asks bob: Happy?");
    }
}
