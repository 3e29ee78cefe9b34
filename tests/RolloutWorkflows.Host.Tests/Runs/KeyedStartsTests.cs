using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Host.Tests.Runs;

/// <summary>A start that is sent again starts nothing again.</summary>
public sealed class KeyedStartsTests
{
    [Fact]
    public async Task Start_SentTenTimesAtOnceWithOneKey_StartsOneRun()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => StartAsync(host.Http, "key-1", new { playbook = "tiny" })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Single(answers.Select(answer => answer.RunId).Distinct());
        Assert.Equal(1, (await host.GetJsonAsync("/api/rollouts")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Start_SameKeyAfterARestart_NamesTheSameRun()
    {
        using var folder = new TemporaryFolder();
        var first = await RunningHost.StartAsync(SamplePlaybooks.Prepare, folder: folder);
        var started = await StartAsync(first.Http, "key-1", new { playbook = "tiny" });
        await first.StopAsync();
        await using var second = await RunningHost.StartAsync(folder: folder);

        var again = await StartAsync(second.Http, "key-1", new { playbook = "tiny" });

        Assert.Equal((HttpStatusCode.Created, started.RunId), again);
    }

    [Fact]
    public async Task Start_CutOffBeforeTheRunWasScheduled_GoesOnUnderItsName()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);
        // What a server leaves that is killed between noting the run's name and scheduling it.
        var request = new { playbook = "tiny" };
        var started = await StartAsync(host.Http, "key-2", request);
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        await client.TerminateInstanceAsync(started.RunId!);
        await client.WaitForInstanceCompletionAsync(started.RunId!);
        await client.PurgeInstanceAsync(started.RunId!);

        var again = await StartAsync(host.Http, "key-2", request);

        Assert.Equal((HttpStatusCode.Created, started.RunId), again);
        Assert.NotNull(await client.GetInstanceAsync(started.RunId!));
    }

    [Fact]
    public async Task Start_SameKeyWithOtherValues_IsRefused()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);
        await StartAsync(host.Http, "key-1", new { playbook = "tiny" });

        var other = await StartAsync(host.Http, "key-1", new { playbook = "tiny", reason = "another" });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency-key-used"), (other.Status, other.RunId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("129")]
    public async Task Start_WithAKeyThatCannotBeUsed_IsRefused(string key)
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);

        var answer = await StartAsync(host.Http, key == "129" ? new string('k', 129) : key, new { playbook = "tiny" });

        Assert.Equal((HttpStatusCode.BadRequest, "bad-request"), (answer.Status, answer.RunId));
    }

    /// <summary>The run's id, or the problem's code.</summary>
    private static async Task<(HttpStatusCode Status, string? RunId)> StartAsync(HttpClient client, string key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/rollouts") { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<StartRolloutAnswer>(ApiJson.Options))!.RunId
            : (await RunningHost.ProblemAsync(answer)).Code);
    }
}
