using System.Net;
using System.Net.Http.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Keys;

/// <summary>Who acts is whose key was sent; no body decides it.</summary>
public sealed class SealedActorTests : IAsyncLifetime
{
    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Start_BodyNamesAnother_IsRefusedAndNothingStarts()
    {
        using var answer = await host.As("ada").PostAsJsonAsync("/api/rollouts", new { playbook = "tiny", @as = "grace" });

        await AssertRefusedAsync(answer, "actor-mismatch");
        Assert.Empty((await host.Http.GetFromJsonAsync<RolloutPage>("/api/rollouts", ApiJson.Options))!.Items);
    }

    [Fact]
    public async Task Command_BodyNamesAnother_IsRefusedAndNotRecorded()
    {
        var runId = await AskingRunAsync();

        using (var answer = await host.As("ada").PostAsJsonAsync($"/api/rollouts/{runId}/commands/approve", new { @as = "grace", commandId = "forged" }))
            await AssertRefusedAsync(answer, "actor-mismatch");

        var run = await host.DetailsAsync(runId);
        Assert.Empty(Assert.Single(run.Run.OpenApprovals).Votes);
        Assert.DoesNotContain(run.Timeline, entry => entry.CommandId == "forged");
    }

    [Fact]
    public async Task FlagChange_BodyNamesAnother_IsRefusedAndTheFlagStays()
    {
        using var answer = await host.As("ada").PutAsJsonAsync("/flags/bar", new { @as = "grace", percent = 100 });

        await AssertRefusedAsync(answer, "actor-mismatch");
        using var flag = await host.Http.GetAsync("/flags/bar");
        Assert.Equal(HttpStatusCode.NotFound, flag.StatusCode);
    }

    [Fact]
    public async Task Actor_BodyNamesNobody_IsTheOwnerOfTheKey()
    {
        var runId = await AskingRunAsync();

        using (var answer = await host.As("grace").PostAsJsonAsync($"/api/rollouts/{runId}/commands/annotate", new { reason = "seen", commandId = "c-1", via = "cli" }))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using (await host.As("grace").PutAsJsonAsync("/flags/other", new { percent = 5 })) { }

        var run = await host.DetailsAsync(runId);
        Assert.Equal("ada", run.Run.StartedBy);
        Assert.Equal("grace", Assert.Single(run.Timeline, entry => entry.CommandId == "c-1").Actor);
        Assert.Equal("grace", (await host.Http.GetFromJsonAsync<FlagDetails>("/flags/other", ApiJson.Options))!.Flag.UpdatedBy);
    }

    [Fact]
    public async Task Approval_WithTheStartersOwnKey_IsRefusedByTheRun()
    {
        var runId = await AskingRunAsync();

        using var answer = await host.As("ada").PostAsJsonAsync($"/api/rollouts/{runId}/commands/approve", new { });

        var problem = await RunningHost.ProblemAsync(answer);
        Assert.Equal("command-refused", problem.Code);
        Assert.Contains("ada started the run", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandId_OfAnotherPerson_IsRefused()
    {
        var runId = await AskingRunAsync();
        using (await host.CommandAsync(runId, "annotate", new { @as = "ada", reason = "mine", commandId = "same" })) { }

        using var answer = await host.CommandAsync(runId, "approve", new { @as = "grace", commandId = "same" });

        Assert.Equal("command-id-used", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("reject")]
    [InlineData("promote")]
    [InlineData("ignore")]
    public async Task Service_Deciding_IsRefusedEvenAsAdmin(string command)
    {
        var runId = await AskingRunAsync();

        using var answer = await host.AsService("ci", KeyRole.Admin).PostAsJsonAsync($"/api/rollouts/{runId}/commands/{command}", new { reason = "green" });

        await AssertRefusedAsync(answer, "services-cannot-vote");
        Assert.Empty(Assert.Single((await host.DetailsAsync(runId)).Run.OpenApprovals).Votes);
    }

    [Fact]
    public void ServiceVerbs_AndEveryOther_AreEachDecided()
    {
        RunVerb[] forPrograms = [RunVerb.Hold, RunVerb.Resume, RunVerb.Retry, RunVerb.Rollback, RunVerb.Abort, RunVerb.Annotate];

        Assert.All(Enum.GetValues<RunVerb>(), verb => Assert.Equal(forPrograms.Contains(verb), CommandSender.IsForPrograms(verb)));
    }

    [Fact]
    public async Task Service_NamedLikeAPerson_IsNotThatPerson()
    {
        var runId = await AskingRunAsync();

        using (var answer = await host.AsService("grace").PostAsJsonAsync($"/api/rollouts/{runId}/commands/hold", new { @as = "grace", reason = "pager", commandId = "h-1" }))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        Assert.Equal("service:grace", Assert.Single((await host.DetailsAsync(runId)).Timeline, entry => entry.CommandId == "h-1").Actor);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string code)
    {
        var problem = await RunningHost.ProblemAsync(answer);
        Assert.Equal((HttpStatusCode.Forbidden, code), (answer.StatusCode, problem.Code));
        Assert.Contains("Nothing was changed", problem.Detail, StringComparison.Ordinal);
    }

    private async Task<string> AskingRunAsync()
    {
        var runId = await host.StartRunAsync("tiny", "ada");
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        return runId;
    }
}
