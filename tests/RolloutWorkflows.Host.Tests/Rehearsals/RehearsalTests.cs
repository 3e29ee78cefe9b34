using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Rehearsals;

/// <summary>What is known of rehearsals stands in a run's record before a stage opens.</summary>
public sealed class RehearsalTests : IAsyncLifetime
{
    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: one }
        spec:
          rollback: { to: start }
          stages:
            - { name: small, steps: [ { uses: flag/rollout, with: { flag: checkout, percent: 1 } } ] }
            - { name: large, steps: [ { uses: flag/rollout, with: { flag: checkout, percent: 50 } } ] }
        """;

    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(folder =>
    {
        folder.Write("host.json", """{ "extensions": { "rollout": { "grants": { "*": { "flags": ["*"] } } } } }""");
        folder.Write("playbooks/one.yaml", Playbook);
    });

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Stage_WhoseWayBackWasRehearsed_OpensWithTheDateAndWhatCameOut()
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Playbook)));
        await ReportAsync(digest, new { stage = "small", passed = true, cause = "error-rate fails", problems = Array.Empty<string>() });
        await ReportAsync(new string('0', 64), new { stage = "large", passed = false, cause = "a person sends it back", problems = new[] { "flag:checkout stands" } });

        var opened = await OpenedAsync();

        Assert.Matches(@"^stage small opened; its way back was last rehearsed on \d{4}-\d{2}-\d{2} by service:ci: everything went back$", opened[0]);
        Assert.Matches(@"^stage large opened; its way back was last rehearsed on \d{4}-\d{2}-\d{2} by service:ci: NOT everything went back, with another text of the playbook$", opened[1]);
        var known = await host.Http.GetFromJsonAsync<List<KnownRehearsal>>("/api/playbooks/one/rehearsals", ApiJson.Options);
        Assert.Equal(["large", "small"], known!.Select(one => one.Stage));
        Assert.Equal(["flag:checkout stands"], known![0].Problems);
    }

    [Fact]
    public async Task Stage_ThatOthersWereRehearsedBeside_SaysThatItNeverWas()
    {
        await ReportAsync(new string('0', 64), new { stage = "small", passed = true });

        Assert.Equal("stage large opened; its way back was never rehearsed", (await OpenedAsync())[1]);
    }

    [Theory]
    [InlineData("one", "abc", "small", HttpStatusCode.BadRequest)]
    [InlineData("one", "0000000000000000000000000000000000000000000000000000000000000000", "smal", HttpStatusCode.BadRequest)]
    [InlineData("two", "0000000000000000000000000000000000000000000000000000000000000000", "small", HttpStatusCode.NotFound)]
    public async Task Report_ThatDoesNotFit_IsRefused(string playbook, string digest, string stage, HttpStatusCode expected)
    {
        using var answer = await host.Http.PostAsJsonAsync($"/api/playbooks/{playbook}/rehearsals", new { digest, stages = new[] { new { stage, passed = true } } });

        Assert.Equal(expected, answer.StatusCode);
    }

    private async Task ReportAsync(string digest, object stage)
    {
        using var answer = await host.AsService("ci").PostAsJsonAsync("/api/playbooks/one/rehearsals", new { digest, stages = new[] { stage } });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<List<string>> OpenedAsync()
    {
        var run = await host.StartRunAsync("one", "ada");
        var details = await host.WaitForAsync(run, details => details.Timeline.Any(entry => entry.Kind == RunLogKind.Ended), "its end");
        return [.. details.Timeline.Where(entry => entry.Kind == RunLogKind.StageOpened).Select(entry => entry.Message)];
    }
}
