using System.Text.Json;

namespace RolloutWorkflows.Cli.Tests.Commands;

/// <summary>Commands with <c>--surface</c> against a real server process.</summary>
public sealed class SurfaceCommandsTests : IAsyncLifetime
{
    private const string Market = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: market }
        spec:
          people:
            persons: { ada: { name: Ada }, grace: { name: Grace } }
            groups: { captains: [ada, grace] }
          surfaces: [web, mobile]
          rollback: { to: start, objective: 1m }
          stages:
            - name: web-beta
              surface: web
              steps: [ { uses: flag/rollout, with: { flag: market-web, percent: 10 } } ]
            - name: mobile-beta
              surface: mobile
              steps: [ { uses: flag/rollout, with: { flag: market-mobile, percent: 10 } } ]
              approval: { approvers: [ { group: captains } ] }
        """;

    private readonly TemporaryFolder folder = new();
    private ServeProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        SamplePlaybook.Prepare(folder);
        folder.Write("playbooks/market.yaml", Market);
        server = await ServeProcess.StartAsync(folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Rollback_OfOneSurface_ShowsAndDoesThatOneOnlyUntilItIsTriedAgain()
    {
        var runId = (await server.RunAsync("start", "market", "--as", "ada")).Ended(ExitCode.Ok).Output.Trim();
        using var client = server.ClientOf("ada");
        await Runs.WaitAsync(client, runId, details => details.Run.OpenApprovals.Count > 0, "an open approval");

        var dry = JsonDocument.Parse((await server.RunAsync("rollback", "--surface", "mobile", "--dry-run", "--json")).Ended(ExitCode.Ok).Output).RootElement;
        Assert.Equal("flag:market-mobile", Assert.Single(dry.GetProperty("effects").EnumerateArray()).GetProperty("target").GetString());
        var wrong = (await server.RunAsync("rollback", "--surface", "mobil", "--as", "grace")).Ended(ExitCode.Refused);
        Assert.Contains("did you mean 'mobile'?", wrong.Error, StringComparison.Ordinal);

        (await server.RunAsync("rollback", "--surface", "mobile", "--as", "grace", "--reason", "crashes")).Ended(ExitCode.Ok);
        await Runs.WaitAsync(client, runId, details => details.Run.State == Orchestrations.RunState.RolledBack, "mobile rolled back");
        var status = (await server.RunAsync("status", runId)).Ended(ExitCode.Ok).Output;
        Assert.Matches(@"(?m)^  web +standing +web-beta", status);
        Assert.Matches(@"(?m)^  mobile +rolled back +mobile-beta", status);
        Assert.Equal((10, 0), (await PercentAsync("market-web"), await PercentAsync("market-mobile")));

        (await server.RunAsync("retry", "--surface", "mobile", "--as", "grace", "--reason", "mended")).Ended(ExitCode.Ok);
        await Runs.WaitAsync(client, runId, details => details.Run.OpenApprovals.Count > 0, "the approval again");
        Assert.Equal(10, await PercentAsync("market-mobile"));
    }

    private async Task<double> PercentAsync(string flag) =>
        JsonDocument.Parse((await server.RunAsync("flags", "get", flag, "--json")).Ended(ExitCode.Ok).Output).RootElement.GetProperty("flag").GetProperty("percent").GetDouble();
}
