using System.Net.Http.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Triggers;

/// <summary><c>rollback --dry-run</c> over the real server.</summary>
public sealed class PreviewRollbackTests : IAsyncLifetime
{
    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Preview_ShowsFromWhichValueToWhich_AndChangesAndRecordsNothing()
    {
        var runId = await host.StartRunAsync("tiny", "ada");
        var before = await host.WaitForAsync(runId, details => details.Timeline.Any(entry => entry.Kind == RunLogKind.ApprovalAsked), "an open approval");

        var preview = await PreviewAsync(runId);

        Assert.Equal((RunState.AwaitingApproval, "start", "some", TimeSpan.FromMinutes(1)), (preview.State, preview.To, preview.Stage, preview.Objective!.Value));
        var effect = Assert.Single(preview.Effects);
        Assert.Equal((CompensationOutcome.Restored, "some", "percentage"), (effect.Outcome, effect.Stage, effect.StepId));
        Assert.Contains("10", effect.From, StringComparison.Ordinal);
        Assert.NotEqual(effect.From, effect.To);
        Assert.Equal(before.Timeline.Count, (await host.DetailsAsync(runId)).Timeline.Count);
        Assert.Equal(10, (await FlagAsync()).Percent);
    }

    [Fact]
    public async Task Preview_EndedRun_TellsTheStepsOneAfterTheOtherAsTheRollbackThenDoesThem()
    {
        var runId = await host.StartRunAsync("tiny", "ada");
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        using (await host.CommandAsync(runId, "approve", new { @as = "grace" })) { }
        await host.WaitForAsync(runId, details => details.Orchestration == "Completed", "the end");

        var preview = await PreviewAsync(runId);
        using (await host.CommandAsync(runId, "rollback", new { @as = "grace" })) { }
        var back = await host.WaitForAsync(runId, details => details.Run.State == RunState.RolledBack, "RolledBack");

        Assert.Equal(RunState.Succeeded, preview.State);
        Assert.Equal(preview.Effects[0].To, preview.Effects[1].From);
        Assert.Equal(preview.Effects.Select(effect => effect.Outcome), back.Run.Rollback!.Effects.Select(effect => effect.Outcome));
        Assert.All(preview.Effects.Zip(back.Run.Rollback.Effects), pair => Assert.Contains($"from {pair.First.From} to {pair.First.To}", pair.Second.Message, StringComparison.Ordinal));
        Assert.Empty((await PreviewAsync(runId)).Effects);
    }

    [Fact]
    public async Task Preview_ChangedByHand_SaysThatItWouldNotBeRaised()
    {
        var runId = await host.StartRunAsync("tiny", "ada");
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        using (await host.As("dan", KeyRole.Admin).PutAsJsonAsync("/flags/bar", new { @as = "dan", percent = 3, breakGlass = new { reason = "by hand" } })) { }

        Assert.Equal(CompensationOutcome.Drifted, Assert.Single((await PreviewAsync(runId)).Effects).Outcome);
    }

    [Fact]
    public async Task Preview_UnknownRun_IsNotFound()
    {
        using var answer = await host.Http.GetAsync("/api/rollouts/absent/rollback");
        Assert.Equal("run-not-found", (await RunningHost.ProblemAsync(answer)).Code);
    }

    private async Task<RollbackPreviewAnswer> PreviewAsync(string runId) => (await host.Http.GetFromJsonAsync<RollbackPreviewAnswer>($"/api/rollouts/{runId}/rollback", ApiJson.Options))!;

    private async Task<Activities.FlagState> FlagAsync() => (await host.Http.GetFromJsonAsync<FlagDetails>("/flags/bar", ApiJson.Options))!.Flag;
}
