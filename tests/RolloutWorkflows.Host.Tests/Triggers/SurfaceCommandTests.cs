using System.Net;
using System.Net.Http.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Triggers;

/// <summary>Commands that mean one surface, over the real server.</summary>
public sealed class SurfaceCommandTests : IAsyncLifetime
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

    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(folder =>
    {
        folder.Write("playbooks/market.yaml", Market);
        folder.Write("host.json", SamplePlaybooks.TrustingHost);
    });

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task RollbackThenRetry_OfOneSurface_MoveThatOneOnly()
    {
        var runId = await AskingRunAsync();

        Assert.Equal(HttpStatusCode.OK, (await TellAsync(runId, "rollback", "mobile")).Status);
        var back = await host.WaitForAsync(runId, details => details.Run.State == RunState.RolledBack, "mobile rolled back");
        Assert.Equal([("web", SurfaceState.Standing), ("mobile", SurfaceState.RolledBack)], back.Run.Surfaces.Select(surface => (surface.Surface, surface.State)));
        Assert.Null(back.Run.Rollback);
        Assert.Equal((10, 0), (await PercentAsync("market-web"), await PercentAsync("market-mobile")));

        Assert.Contains("web is not rolled back: it is Standing", (await TellAsync(runId, "retry", "web")).Problem, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await TellAsync(runId, "retry", "mobile")).Status);
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "mobile's approval again");
        Assert.Equal(10, await PercentAsync("market-mobile"));
    }

    [Fact]
    public async Task HoldThenResume_OfTheOpenSurface_HoldsItAndLetsItGoOn()
    {
        var runId = await AskingRunAsync();

        Assert.Equal(HttpStatusCode.OK, (await TellAsync(runId, "hold", "mobile")).Status);
        var held = await host.WaitForAsync(runId, details => details.Run.State == RunState.Holding, "a hold");
        Assert.Equal([SurfaceState.Standing, SurfaceState.Holding], held.Run.Surfaces.Select(surface => surface.State));

        Assert.Equal(HttpStatusCode.OK, (await TellAsync(runId, "resume", "mobile")).Status);
        await host.WaitForAsync(runId, details => details.Run.State == RunState.AwaitingApproval, "the approval");
    }

    [Theory]
    [InlineData("rollback", "mobil", "there is no surface 'mobil'; did you mean 'mobile'?; there are web, mobile")]
    [InlineData("hold", "desktop", "there is no surface 'desktop'; there are web, mobile")]
    [InlineData("abort", "web", "abort takes no surface; leave it out")]
    public async Task Command_ThatMakesNoSenseForTheSurface_IsRefusedWithTheReason(string command, string surface, string why)
    {
        var runId = await AskingRunAsync();

        var (status, problem) = await TellAsync(runId, command, surface);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains(why, problem, StringComparison.Ordinal);
        Assert.Equal((10, 10), (await PercentAsync("market-web"), await PercentAsync("market-mobile")));
    }

    [Fact]
    public async Task Preview_OfOneSurface_ShowsThatOnesEffectsOnly()
    {
        var runId = await AskingRunAsync();

        var preview = (await host.Http.GetFromJsonAsync<RollbackPreviewAnswer>($"/api/rollouts/{runId}/rollback?surface=web", ApiJson.Options))!;
        using var unknown = await host.Http.GetAsync($"/api/rollouts/{runId}/rollback?surface=desktop");

        Assert.Equal("flag:market-web", Assert.Single(preview.Effects).Target);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Contains("it has web, mobile", (await RunningHost.ProblemAsync(unknown)).Detail, StringComparison.Ordinal);
    }

    /// <summary>A run with both surfaces at 10 %, which asks whether mobile is promoted.</summary>
    private async Task<string> AskingRunAsync()
    {
        var runId = await host.StartRunAsync("market", "ada");
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        return runId;
    }

    private async Task<(HttpStatusCode Status, string Problem)> TellAsync(string runId, string command, string surface)
    {
        using var answer = await host.CommandAsync(runId, command, new { @as = "grace", surface, reason = "a test" });
        return (answer.StatusCode, answer.IsSuccessStatusCode ? "" : (await RunningHost.ProblemAsync(answer)).Detail ?? "");
    }

    private async Task<double> PercentAsync(string flag) => (double)(await host.Http.GetFromJsonAsync<FlagDetails>($"/flags/{flag}", ApiJson.Options))!.Flag.Percent;
}
