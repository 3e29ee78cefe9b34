using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Runs;

/// <summary>On the real server: a new run takes over from an earlier one at a stage.</summary>
public sealed class SupersedingTests : IAsyncLifetime
{
    private const string Steady = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: steady }
        spec:
          people:
            persons: { ada: { name: Ada }, grace: { name: Grace } }
            groups: { captains: [ada, grace] }
          rollback: { to: stage-start, objective: 1m }
          stages:
            - name: some
              steps: [ { uses: flag/rollout, with: { flag: bar, percent: 10 } } ]
              approval: { approvers: [ { group: captains } ] }
            - name: most
              steps: [ { uses: flag/rollout, with: { flag: bar, percent: 60 } } ]
              approval: { approvers: [ { group: captains } ] }
            - name: everybody
              steps: [ { uses: flag/rollout, with: { flag: bar, percent: 100 } } ]
        """;

    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(folder =>
    {
        folder.Write("playbooks/steady.yaml", Steady);
        folder.Write("host.json", SamplePlaybooks.TrustingHost);
    });

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task RolledBackRun_Superseded_IsEndedAndTheNewRunGoesOnWithItsLeases()
    {
        var earlier = await RolledBackInMostAsync();
        host.Folder.Write("playbooks/steady.yaml", Steady.Replace("percent: 60", "percent: 50", StringComparison.Ordinal));

        var preview = (await AcceptedAsync<StartPreviewAnswer>(await StartAsync(earlier, "most", dryRun: true))).Plan;
        Assert.Equal(["most", "everybody"], preview.Stages.Select(stage => stage.Name));
        Assert.Contains(preview.Stages[0].Gates, gate => gate.Kind == Playbooks.GateKind.ApprovalBefore);
        Assert.Equal(RunState.RolledBack, (await host.DetailsAsync(earlier)).Run.State);

        var later = (await AcceptedAsync<StartRolloutAnswer>(await StartAsync(earlier, "most"))).RunId;
        var ended = await host.DetailsAsync(earlier);
        Assert.Equal((RunState.Aborted, later), (ended.Run.State, ended.Run.SupersededBy));
        var abort = Assert.Single(ended.Timeline, entry => entry.CommandId == $"supersede/{later}");
        Assert.Equal(("grace", $"superseded by {later} from most on"), (abort.Actor, abort.Reason));
        Assert.Equal(later, (await host.Services.GetRequiredService<ILeases>().FindAsync("flag:bar"))?.RunId);

        var asked = await host.WaitForAsync(later, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        Assert.Equal((earlier, StageState.TakenOver), (asked.Run.Supersedes, asked.Run.Stages[0].State));
        (await host.CommandAsync(later, "approve", new { @as = "ada" })).Dispose();
        await host.WaitForAsync(later, details => details.Run.OpenApprovals.Any(open => open.Prompt.StartsWith("Open everybody", StringComparison.Ordinal)), "most is open");
        Assert.Equal(50, await PercentAsync());
        (await host.CommandAsync(later, "approve", new { @as = "ada" })).Dispose();
        await host.WaitForAsync(later, details => details.Run.State == RunState.Succeeded, "Succeeded");
        Assert.Equal(100, await PercentAsync());
        Assert.Contains((await host.DetailsAsync(earlier)).Timeline, entry => entry.Kind == RunLogKind.Superseded);
    }

    [Fact]
    public async Task RunThatTookOver_AbortedAndSupersededInTurn_HandsOnWhatItTookOver()
    {
        var first = await RolledBackInMostAsync();
        var second = (await AcceptedAsync<StartRolloutAnswer>(await StartAsync(first, "most"))).RunId;
        await host.WaitForAsync(second, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        (await host.CommandAsync(second, "abort", new { @as = "ada" })).Dispose();
        await host.WaitForAsync(second, details => details.Orchestration == "Completed", "its end");

        var third = (await AcceptedAsync<StartRolloutAnswer>(await StartAsync(second, "most"))).RunId;
        var asked = await host.WaitForAsync(third, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        Assert.Equal([StageState.TakenOver, StageState.Open, StageState.Ahead], asked.Run.Stages.Select(stage => stage.State));
    }

    [Fact]
    public async Task TwoRuns_RacingToSupersedeOne_ExactlyOneDoes()
    {
        var earlier = await RolledBackInMostAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync(earlier, "most")));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.Conflict }));
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task SomethingElseThatIsNeededIsHeldByAnother_TheEarlierRunStaysAsItWas()
    {
        host.Folder.Write("playbooks/other.yaml", Steady.Replace("name: steady", "name: other", StringComparison.Ordinal).Replace("flag: bar", "flag: foo", StringComparison.Ordinal));
        var earlier = await RolledBackInMostAsync();
        await host.StartRunAsync("other", "ada");
        host.Folder.Write("playbooks/steady.yaml", Steady.Replace("flag: bar, percent: 100", "flag: foo, percent: 100", StringComparison.Ordinal));

        await RefusedAsync(await StartAsync(earlier, "most"), HttpStatusCode.Conflict, "target-leased");
        Assert.Equal(RunState.RolledBack, (await host.DetailsAsync(earlier)).Run.State);
        Assert.Equal(earlier, (await host.Services.GetRequiredService<ILeases>().FindAsync("flag:bar"))?.RunId);
    }

    [Fact]
    public async Task WhatTheEarlierRunLeftReadsOtherwise_IsRefusedAndNothingIsDoneToIt()
    {
        var earlier = await RolledBackInMostAsync();
        await host.Services.GetRequiredService<IFlagStore>().ChangeAsync(new FlagChange { Flag = "bar", Actor = "dan", Reason = "by hand", Apply = state => state! with { Percent = 0 } });
        var problem = await RefusedAsync(await StartAsync(earlier, "most"), HttpStatusCode.Conflict, "not-supersedable");
        Assert.Contains($"and {earlier} left it at 10", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(RunState.RolledBack, (await host.DetailsAsync(earlier)).Run.State);
    }

    [Fact]
    public async Task Start_ThatCannotTakeOver_IsRefusedWithWhatToDo()
    {
        var live = await host.StartRunAsync("steady", "grace");
        await host.WaitForAsync(live, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        Assert.Contains($"rollout rollback {live}", (await RefusedAsync(await StartAsync(live, "some"), HttpStatusCode.Conflict, "not-supersedable")).Detail, StringComparison.Ordinal);
        await RefusedAsync(await StartAsync("nobody", "some"), HttpStatusCode.NotFound, "run-not-found");
        Assert.Contains("'supersedes.from' is missing", (await RefusedAsync(await StartAsync(live, null), HttpStatusCode.BadRequest, "bad-request")).Detail, StringComparison.Ordinal);
        Assert.Contains("'supersedes.run' is missing", (await RefusedAsync(await StartAsync(null, "some"), HttpStatusCode.BadRequest, "bad-request")).Detail, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> StartAsync(string? run, string? from, bool dryRun = false) =>
        host.As("grace").PostAsJsonAsync($"/api/rollouts?dryRun={(dryRun ? "true" : "false")}", new { playbook = "steady", reason = "with the fix", supersedes = new { run, from } });

    private static async Task<T> AcceptedAsync<T>(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            return (await answer.Content.ReadFromJsonAsync<T>(ApiJson.Options))!;
        }
    }

    private static async Task<ApiProblem> RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        using (answer)
        {
            var problem = await RunningHost.ProblemAsync(answer);
            Assert.Equal((status, code), (answer.StatusCode, problem.Code));
            return problem;
        }
    }

    private async Task<string> RolledBackInMostAsync()
    {
        var runId = await host.StartRunAsync("steady", "ada");
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        (await host.CommandAsync(runId, "approve", new { @as = "grace" })).Dispose();
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Any(open => open.Prompt.StartsWith("Open everybody", StringComparison.Ordinal)), "most is open");
        (await host.CommandAsync(runId, "rollback", new { @as = "grace", reason = "broken" })).Dispose();
        await host.WaitForAsync(runId, details => details.Run.State == RunState.RolledBack, "RolledBack");
        Assert.Equal(10, await PercentAsync());
        return runId;
    }

    private async Task<double> PercentAsync() => (await host.Http.GetFromJsonAsync<FlagDetails>("/flags/bar", ApiJson.Options))!.Flag.Percent;
}
