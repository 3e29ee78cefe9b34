using System.Net;
using System.Net.Http.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Triggers;

/// <summary><c>hold --all</c> over the real server.</summary>
public sealed class EveryRunTests : IAsyncLifetime
{
    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task HoldAll_HoldsEveryRunThatIsNotFinalAndListsItsAnswer()
    {
        var first = await StartAsync("one");
        var second = await StartAsync("two");
        var ended = await StartAsync("three");
        using (await host.CommandAsync(ended, "abort", new { @as = "grace" })) { }
        await host.WaitForAsync(ended, details => details.Orchestration == "Completed", "the end");
        using (await host.CommandAsync(second, "hold", new { @as = "grace" })) { }

        var answer = await HoldAllAsync("all-1");

        Assert.Equal(new[] { first, second }.Order(StringComparer.Ordinal), answer.Runs.Select(run => run.RunId));
        Assert.All(answer.Runs, run => Assert.Equal(RunState.Holding, run.State));
        Assert.Equal([true, false], new[] { first, second }.Select(id => answer.Runs.Single(run => run.RunId == id).Accepted));
        var recorded = Assert.Single((await host.DetailsAsync(first)).Timeline, entry => entry.CommandId == $"all-1/{first}");
        Assert.Equal(("grace", "stop everything"), (recorded.Actor, recorded.Reason));

        using (await host.CommandAsync(first, "resume", new { @as = "grace" })) { }
        var again = await HoldAllAsync("all-1");
        // The same id acts once on each run: the one that was let go on since is not held again.
        Assert.Equal(answer.Runs.Select(run => run.Message), again.Runs.Select(run => run.Message));
        Assert.Equal(RunState.AwaitingApproval, (await host.DetailsAsync(first)).Run.State);
    }

    [Fact]
    public async Task HoldAll_WithoutRuns_AnswersWithNone() => Assert.Empty((await HoldAllAsync("none")).Runs);

    private async Task<string> StartAsync(string flag)
    {
        var runId = await host.StartRunAsync("tiny", "ada", new { flag });
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        return runId;
    }

    private async Task<EveryRunAnswer> HoldAllAsync(string commandId)
    {
        using var answer = await host.As("grace").PostAsJsonAsync("/api/rollouts/commands/hold", new { @as = "grace", reason = "stop everything", commandId });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<EveryRunAnswer>(ApiJson.Options))!;
    }
}
