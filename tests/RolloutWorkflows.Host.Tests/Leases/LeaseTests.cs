using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Leases;

/// <summary>On the real server: a run alone changes what it leases, from its start to its end.</summary>
public sealed class LeaseTests : IAsyncLifetime
{
    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task SecondRun_OfTheSameFlag_IsRefusedNamingTheHolderAndStartsNothing()
    {
        var first = await host.StartRunAsync("tiny", "ada");

        using var answer = await StartAsync("grace");

        var problem = await RunningHost.ProblemAsync(answer);
        Assert.Equal((HttpStatusCode.Conflict, "target-leased"), (answer.StatusCode, problem.Code));
        Assert.Contains($"flag:bar is leased by run {first} (tiny, since ", problem.Detail, StringComparison.Ordinal);
        Assert.Contains($"rollout abort {first}", problem.Remedy, StringComparison.Ordinal);
        Assert.Equal(1, (await host.GetJsonAsync("/api/rollouts")).GetProperty("items").GetArrayLength());
        await host.StartRunAsync("tiny", "grace", new { flag = "another" });
    }

    [Fact]
    public async Task TwoRuns_RacingForAFlag_ExactlyOneStarts()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StartAsync("ada")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.Conflict }));
        Assert.Equal(1, (await host.GetJsonAsync("/api/rollouts")).GetProperty("items").GetArrayLength());
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Aborted_FreesItsLeases_AndRolledBackKeepsThem()
    {
        var first = await host.StartRunAsync("tiny", "ada");
        await host.WaitForAsync(first, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        (await host.CommandAsync(first, "rollback", new { @as = "grace" })).Dispose();
        await host.WaitForAsync(first, details => details.Run.State == RunState.RolledBack, "RolledBack");
        using (var refused = await StartAsync("grace")) Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);

        (await host.CommandAsync(first, "abort", new { @as = "grace" })).Dispose();
        await host.WaitForAsync(first, details => details.Run.State == RunState.Aborted && details.Orchestration == "Completed", "Aborted");

        await host.StartRunAsync("tiny", "grace");
    }

    [Fact]
    public async Task Succeeded_FreesItsLeases()
    {
        var first = await host.StartRunAsync("tiny", "ada");
        await host.WaitForAsync(first, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        (await host.CommandAsync(first, "approve", new { @as = "grace" })).Dispose();
        await host.WaitForAsync(first, details => details.Orchestration == "Completed", "the end");

        Assert.Empty(await host.Services.GetRequiredService<ILeases>().ListAsync());
        await ChangeAsync(new { @as = "ada", percent = 5 }, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Lease_LeftByAStartThatDiedBeforeItScheduledItsRun_IsFreeAfterAMinute()
    {
        var leases = host.Services.GetRequiredService<ILeases>();
        await leases.TakeAsync(new LeaseRequest { RunId = "never-scheduled", Playbook = "tiny", Targets = ["flag:bar"], Since = DateTimeOffset.UtcNow });
        using (var refused = await StartAsync("ada")) Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        await leases.ReleaseAsync("never-scheduled");
        await leases.TakeAsync(new LeaseRequest { RunId = "never-scheduled", Playbook = "tiny", Targets = ["flag:bar"], Since = DateTimeOffset.UtcNow - LeaseKeeper.StartTakesAtMost - TimeSpan.FromSeconds(1) });

        var started = await host.StartRunAsync("tiny", "ada");

        Assert.Equal(started, (await leases.FindAsync("flag:bar"))?.RunId);
    }

    [Fact]
    public async Task ChangeByHand_OfALeasedFlag_IsRefusedNamingTheRunAndWhatToDo()
    {
        var run = await host.StartRunAsync("tiny", "ada");
        await host.WaitForAsync(run, details => details.Run.OpenApprovals.Count == 1, "an open approval");

        var problem = await ChangeAsync(new { @as = "eve", percent = 50 }, HttpStatusCode.Conflict);

        Assert.Equal("flag-leased", problem!.Code);
        Assert.Contains($"Only run {run} may change flag 'bar' now", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("--break-glass REASON", problem.Remedy, StringComparison.Ordinal);
        Assert.Equal(10, (await host.GetJsonAsync("/flags/bar")).GetProperty("flag").GetProperty("percent").GetDouble());
    }

    [Fact]
    public async Task BreakGlass_OnALeasedFlag_IsAuditedTellsTheRunAndCountsAsDrift()
    {
        var run = await host.StartRunAsync("tiny", "ada");
        await host.WaitForAsync(run, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        await ChangeAsync(new { @as = "eve", percent = 50, breakGlass = new { reason = " " } }, HttpStatusCode.BadRequest);

        await ChangeAsync(new { @as = "eve", percent = 50, breakGlass = new { reason = "incident 12" } }, HttpStatusCode.OK);

        var held = await host.WaitForAsync(run, details => details.Run is { State: RunState.Holding, Drift.Count: 1 } && details.Timeline.Any(entry => entry.Kind == RunLogKind.GlassBroken), "a hold for drift, and the word of who broke the glass");
        Assert.Equal(("10 %", "50 %", "eve (break-glass: incident 12)"), held.Run.Drift[0] is var drift ? (drift.Expected, drift.Found, drift.By) : default);
        var line = Assert.Single(held.Timeline, entry => entry.Kind == RunLogKind.GlassBroken);
        Assert.Equal(("eve", "incident 12"), (line.Actor, line.Reason));
        Assert.Contains("break-glass: incident 12", await host.Http.GetStringAsync("/flags/bar"), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> StartAsync(string actor) => host.As(actor).PostAsJsonAsync("/api/rollouts", new { playbook = "tiny", @as = actor });

    private async Task<ApiProblem?> ChangeAsync(object body, HttpStatusCode expected)
    {
        using var answer = await host.AsNamedIn(body, KeyRole.Admin).PutAsJsonAsync("/flags/bar", body);
        Assert.Equal(expected, answer.StatusCode);
        return answer.IsSuccessStatusCode ? null : await RunningHost.ProblemAsync(answer);
    }
}
