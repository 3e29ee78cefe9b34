namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>A sign-off is each person's own word: counted like an approval, and never gone past. Asked are bob and cyn; ada started it.</summary>
public sealed class SignoffTests
{
    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: maintenance }
        spec:
          people:
            persons: { ada: { name: Ada }, bob: { name: Bob }, cyn: { name: Cyn } }
            groups: { validators: [ada, bob, cyn] }
          overrides: [validators]
          stages:
            - name: only
              ready: [ { id: suits-us, uses: signoff, with: { prompt: The window suits us, by: [ { group: validators } ]WITH } } ]
              steps: [ { uses: flag/rollout, with: { flag: maintenance, percent: 5 } } ]
              rollback: { to: start }
        """;

    [Fact]
    public async Task Signoff_UnlessStated_NeedsEverybodyButTheStarter()
    {
        await using var run = await GivenAsync();
        var open = (await run.StatusAsync()).OpenApprovals.Single();
        Assert.Equal(("suits-us", "only", "The window suits us", 2), (open.Name, open.Stage, open.Prompt, open.Needed));
        Assert.Equal(["bob", "cyn"], open.Electorate);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Approve, "ada")).Kind);
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Null(await run.PercentAsync("maintenance"));
        await run.WhenAsync(RunVerb.Approve, "cyn");
        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal(5, await run.PercentAsync("maintenance"));
    }

    [Fact]
    public async Task Signoff_Refused_CanBeAskedAgainAndNeverIgnored()
    {
        await using var run = await GivenAsync();
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Ignore, "bob", "because", isAdmin: true)).Kind);
        await run.WhenAsync(RunVerb.Reject, "cyn", "not this week");
        await run.ThenStateIsAsync(RunState.Holding);
        var status = await run.StatusAsync();
        Assert.DoesNotContain(RunVerb.Ignore, status.Accepts);
        Assert.DoesNotContain(status.Choices, choice => choice.Verb == RunVerb.Ignore);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Ignore, "bob", "because", isAdmin: true)).Kind);
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Empty((await run.StatusAsync()).OpenApprovals.Single().Votes);
    }

    [Fact]
    public async Task Signoff_NobodySigns_FollowsItsOnTimeoutAndIsNeverIgnored()
    {
        await using var run = await GivenAsync(", timeout: 5d, onTimeout: hold");
        await run.WhenTimePassesAsync(TimeSpan.FromDays(4.6));
        Assert.Single(await run.RecordAsync(), entry => entry.Kind == RunLogKind.ApprovalReminded && entry.Message.Contains("To bob, cyn: ", StringComparison.Ordinal) && entry.At - (entry.Data!.Value.GetProperty("askedAt").GetDateTimeOffset()) > TimeSpan.FromDays(4));
        await run.WhenTimePassesAsync(TimeSpan.FromDays(0.5));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Ignore, "bob", "because", isAdmin: true)).Kind);
    }

    [Theory]
    [InlineData(", minApprovals: 1", "bob")]
    [InlineData(", minApprovals: 1/2", "cyn")]
    [InlineData(", minApprovals: 1, preventSelfApproval: false", "ada")]
    public async Task Signoff_OfFewer_PassesWithThem(string with, string who)
    {
        await using var run = await GivenAsync(with);
        await run.WhenAsync(RunVerb.Approve, who);
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    private static async Task<RolloutScenario> GivenAsync(string with = "")
    {
        var run = await RolloutScenario.GivenAsync(Playbook.Replace("WITH", with, StringComparison.Ordinal));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        return run;
    }
}
