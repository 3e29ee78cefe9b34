using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Triggers;

/// <summary>The durable management routes: as Durable Functions has them, and never past a run's own record.</summary>
public sealed class InstanceTriggersTests
{
    private const string Base = "/runtime/webhooks/durabletask";

    /// <summary>An instance that is due then lives, and does nothing.</summary>
    private static readonly DateTimeOffset Later = DateTimeOffset.MaxValue.AddYears(-1000);

    [Theory]
    [InlineData("raiseEvent/command")]
    [InlineData("terminate?reason=enough")]
    [InlineData("suspend?reason=wait")]
    [InlineData("rewind?reason=again")]
    [InlineData("resume?reason=on")]
    public async Task Post_OnARolloutsInstance_IsRefusedWithTheCommandToUse(string verb)
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);
        var run = await host.StartRunAsync("tiny", "ada");
        await host.WaitForAsync(run, details => details.Run.State == RunState.AwaitingApproval, "a question");

        using var answer = await host.As("root", KeyRole.Admin).PostAsJsonAsync($"{Base}/instances/{run}/{verb}", new { });
        var problem = await RunningHost.ProblemAsync(answer);

        Assert.Equal((HttpStatusCode.Conflict, "rollout-instance"), (answer.StatusCode, problem.Code));
        Assert.Contains(run, problem.Remedy, StringComparison.Ordinal);
        Assert.Equal(RunState.AwaitingApproval, (await host.DetailsAsync(run)).Run.State);
    }

    [Fact]
    public async Task Delete_OfARolloutsInstance_IsRefused()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);
        var run = await host.StartRunAsync("tiny", "ada");

        using var answer = await host.As("root", KeyRole.Admin).DeleteAsync($"{Base}/instances/{run}");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(run, (await host.DetailsAsync(run)).Run.RunId);
    }

    [Fact]
    public async Task Get_OfALiveInstance_Is202WithWhereToAskAgain()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);
        var run = await host.StartRunAsync("tiny", "ada");

        using var answer = await host.As("root", KeyRole.Admin).GetAsync($"{Base}/instances/{run}?showHistory=true&showInput=false");
        var instance = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal($"{Base}/instances/{run}", answer.Headers.Location?.OriginalString);
        Assert.Equal(("RolloutOrchestrator", "Running"), (instance.GetProperty("name").GetString(), instance.GetProperty("runtimeStatus").GetString()));
        Assert.False(instance.TryGetProperty("input", out _));
        Assert.Equal("ExecutionStarted", instance.GetProperty("historyEvents")[0].GetProperty("EventType").GetString());
    }

    [Fact]
    public async Task Get_OfInstances_ComesInPages()
    {
        await using var host = await RunningHost.StartAsync();
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        foreach (var id in new[] { "one", "two", "three" }) await client.ScheduleNewOrchestrationInstanceAsync("Elsewhere", null, new StartOrchestrationOptions(id, Later), CancellationToken.None);

        var found = new List<string>();
        string? token = null;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Base}/instances?top=2&runtimeStatus=Pending,Running");
            if (token is not null) request.Headers.Add("x-ms-continuation-token", token);
            using var answer = await host.As("root", KeyRole.Admin).SendAsync(request);
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.InRange(page.GetArrayLength(), 0, 2);
            found.AddRange(page.EnumerateArray().Select(instance => instance.GetProperty("instanceId").GetString()!));
            token = answer.Headers.TryGetValues("x-ms-continuation-token", out var next) ? next.Single() : null;
        }
        while (token is not null);

        Assert.Equal(["one", "three", "two"], found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Instance_ThatIsNoRollouts_IsTerminatedAndPurged()
    {
        await using var host = await RunningHost.StartAsync();
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        await client.ScheduleNewOrchestrationInstanceAsync("Elsewhere", null, new StartOrchestrationOptions("stray", Later), CancellationToken.None);

        using var early = await host.As("root", KeyRole.Admin).DeleteAsync($"{Base}/instances/stray");
        using var terminated = await host.As("root", KeyRole.Admin).PostAsync($"{Base}/instances/stray/terminate?reason=enough", content: null);
        await client.WaitForInstanceCompletionAsync("stray");
        using var again = await host.As("root", KeyRole.Admin).PostAsJsonAsync($"{Base}/instances/stray/terminate", new { });
        using var purged = await host.As("root", KeyRole.Admin).DeleteAsync($"{Base}/instances/stray");
        using var gone = await host.As("root", KeyRole.Admin).GetAsync($"{Base}/instances/stray");

        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.Accepted, HttpStatusCode.Gone, HttpStatusCode.OK, HttpStatusCode.NotFound],
            [early.StatusCode, terminated.StatusCode, again.StatusCode, purged.StatusCode, gone.StatusCode]);
        Assert.Equal(1, (await purged.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("instancesDeleted").GetInt32());
    }

    [Theory]
    [InlineData("RolloutOrchestrator", HttpStatusCode.Conflict)]
    [InlineData("Elsewhere", HttpStatusCode.BadRequest)]
    public async Task Post_ToStartAnOrchestrator_IsRefused(string orchestrator, HttpStatusCode expected)
    {
        await using var host = await RunningHost.StartAsync();

        using var answer = await host.As("root", KeyRole.Admin).PostAsJsonAsync($"{Base}/orchestrators/{orchestrator}", new { });

        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty((await host.As("root", KeyRole.Admin).GetFromJsonAsync<JsonElement>($"{Base}/instances")).EnumerateArray());
    }
}
