using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Triggers;

/// <summary>Looking at the outbox and acting on it over the real server.</summary>
public sealed class OutboxTriggersTests : IAsyncLifetime
{
    private RunningHost host = null!;
    private string run = "";

    private IOutbox Outbox => host.Services.GetRequiredService<IOutbox>();

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);
        run = await host.StartRunAsync("tiny", "ada");
    }

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task List_ParkedMessage_IsShownWithItsProblemAlsoInTheRunAndByTheDoctor()
    {
        var parked = await ParkAsync("m1");

        var item = Assert.Single((await ListAsync($"?run={run}&state=parked")).Items);
        Assert.Equal((parked.Number, run, "webhook:gone", "about m1", OutboxState.Parked, "404"), (item.Id, item.RunId, item.Lane, item.Summary, item.State, item.Problem));
        Assert.Empty((await ListAsync("?run=other")).Items);
        Assert.Empty((await ListAsync("?state=dropped")).Items);
        Assert.Equal(parked.Number, Assert.Single((await host.DetailsAsync(run)).Parked).Id);
        var report = (await host.Http.GetFromJsonAsync<DoctorReport>("/api/doctor", ApiJson.Options))!;
        Assert.Equal(Health.Warn, report.Checks.Single(check => check.Name == "outbox").Health);
    }

    [Fact]
    public async Task List_Pages_FollowEachOther()
    {
        foreach (var id in new[] { "m1", "m2", "m3" }) await ParkAsync(id);

        var first = await ListAsync("?top=2");
        var second = await ListAsync($"?top=2&after={first.Next}");
        Assert.Equal(["about m1", "about m2", "about m3"], first.Items.Concat(second.Items).Select(item => item.Summary));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Retry_ParkedMessage_IsTriedAgainAndStandsInTheRecord()
    {
        var parked = await ParkAsync("m1");
        using var answer = await PostAsync(parked.Number, "retry", new { reason = "mended" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var line = Assert.Single((await host.DetailsAsync(run)).Timeline, entry => entry.Kind == RunLogKind.OutboxChanged);
        Assert.Equal(("ada", "mended"), (line.Actor, line.Reason));
        Assert.StartsWith($"ada has tried again message {parked.Number} to webhook:gone", line.Message, StringComparison.Ordinal);
        Assert.Equal(OutboxState.Pending, (await Outbox.FindAsync(parked.Number))!.State);
    }

    [Fact]
    public async Task Drop_WithAReason_GivesItUpForGoodAndStandsInTheRecord()
    {
        var parked = await ParkAsync("m1");
        using var answer = await PostAsync(parked.Number, "drop", new { reason = "the channel is gone" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((OutboxState.Dropped, "dropped by ada: the channel is gone"), ((await Outbox.FindAsync(parked.Number))!.State, (await Outbox.FindAsync(parked.Number))!.Problem));
        Assert.Single((await host.DetailsAsync(run)).Timeline, entry => entry.Kind == RunLogKind.OutboxChanged);
        using var again = await PostAsync(parked.Number, "retry", new { });
        Assert.Equal("message-settled", (await RunningHost.ProblemAsync(again)).Code);
    }

    [Fact]
    public async Task Drop_WithoutAReason_IsRefusedAndNothingHappens()
    {
        var parked = await ParkAsync("m1");
        using var answer = await PostAsync(parked.Number, "drop", new { });

        Assert.Equal("bad-request", (await RunningHost.ProblemAsync(answer)).Code);
        Assert.Equal(OutboxState.Parked, (await Outbox.FindAsync(parked.Number))!.State);
    }

    [Fact]
    public async Task Drop_ByAService_IsRefused()
    {
        var parked = await ParkAsync("m1");
        using var answer = await host.AsService("bot").PostAsJsonAsync($"/api/outbox/{parked.Number}/drop", new { reason = "tidy" });
        Assert.Equal("services-cannot-vote", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Theory]
    [InlineData("999")]
    [InlineData("x")]
    public async Task Retry_UnknownMessage_IsNotFound(string id)
    {
        using var answer = await host.Http.PostAsJsonAsync($"/api/outbox/{id}/retry", new { });
        Assert.Equal("message-not-found", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Fact]
    public async Task Start_PlaybookDocumentsWithoutGitHub_IsRefusedWithWhatIsMissing()
    {
        var playbook = SamplePlaybooks.Tiny.Replace("name: tiny,", "name: documented,", StringComparison.Ordinal)
            .Replace("  inputs:\n", "  channels: { releaseIssue: { repository: acme/web } }\n  releaseIssue: { documentBeforeProceeding: true }\n  inputs:\n", StringComparison.Ordinal);
        host.Folder.Write("playbooks/documented.yaml", playbook);
        using var answer = await host.Http.PostAsJsonAsync("/api/rollouts", new { playbook = "documented" });

        var problem = await RunningHost.ProblemAsync(answer);
        Assert.Equal("not-startable", problem.Code);
        Assert.Contains(problem.Problems!, obstacle => obstacle.Contains("not connected to GitHub", StringComparison.Ordinal));
    }

    private async Task<OutboxMessage> ParkAsync(string id)
    {
        await Outbox.StoreAsync(run, "webhook:gone", [new ChannelMessage { MessageId = id, RunId = run, At = DateTimeOffset.UnixEpoch, Summary = $"about {id}", Content = JsonSerializer.SerializeToElement(id) }]);
        var message = (await Outbox.NextAsync(run, "webhook:gone"))!;
        await Outbox.ChangeAsync(message, message with { State = OutboxState.Parked, Problem = "404" });
        return message;
    }

    private async Task<OutboxPage> ListAsync(string query) => (await host.Http.GetFromJsonAsync<OutboxPage>($"/api/outbox{query}", ApiJson.Options))!;

    private Task<HttpResponseMessage> PostAsync(long number, string word, object body) => host.Http.PostAsJsonAsync($"/api/outbox/{number}/{word}", body);
}
