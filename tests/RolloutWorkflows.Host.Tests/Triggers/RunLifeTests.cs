using System.Net;
using System.Net.Http.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Triggers;

/// <summary>Whole runs over the real server: real Kestrel, real engine, real SQLite.</summary>
public sealed class RunLifeTests : IAsyncLifetime
{
    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Run_Approved_SucceedsAndIsRecordedOnce()
    {
        var runId = await host.StartRunAsync("tiny", "ada");
        var asked = await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        Assert.Equal(["grace"], asked.Run.OpenApprovals[0].Electorate);

        using (var answer = await host.CommandAsync(runId, "approve", new { @as = "grace", reason = "fine", commandId = "c-1" }))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var done = await host.WaitForAsync(runId, details => details.Run.State == RunState.Succeeded && details.Orchestration == "Completed", "Succeeded");
        Assert.All(done.Run.Stages, stage => Assert.Equal(StageState.Promoted, stage.State));
        var decided = Assert.Single(done.Timeline, entry => entry.CommandId == "c-1");
        Assert.Equal(("grace", "fine"), (decided.Actor, decided.Reason));
        var audit = (await host.Http.GetFromJsonAsync<FlagDetails>("/flags/bar", ApiJson.Options))!.Audit;
        Assert.Equal([100d, 10d], audit.Select(change => change.After!.Percent));
        Assert.Equal(["ada", "ada"], audit.Select(change => change.Actor));
    }

    [Fact]
    public async Task Run_RolledBackByCommand_RestoresTheFlagAndMeetsItsObjective()
    {
        var runId = await host.StartRunAsync("tiny", "ada");
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");

        using (var answer = await host.CommandAsync(runId, "rollback", new { @as = "grace", reason = "customers complain" }))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var back = await host.WaitForAsync(runId, details => details.Run.State == RunState.RolledBack, "RolledBack");
        Assert.True(back.Run.Rollback!.ObjectiveMet);
        Assert.Equal(0, (await host.Http.GetFromJsonAsync<FlagDetails>("/flags/bar", ApiJson.Options))!.Flag.Percent);
    }

    [Fact]
    public async Task Command_SameIdTwice_ActsOnceWithTheSameAnswer()
    {
        var runId = await host.StartRunAsync("tiny", "ada");
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");

        var answers = new List<string>();
        for (var time = 1; time <= 2; time++)
        {
            using var answer = await host.CommandAsync(runId, "annotate", new { @as = "grace", reason = "note", commandId = "same" });
            answers.Add(await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal(answers[0], answers[1]);
        var details = await host.DetailsAsync(runId);
        Assert.Single(details.Timeline, entry => entry.CommandId == "same");
    }

    [Fact]
    public async Task Command_NotAccepted_IsRefusedWithWhatWouldBe()
    {
        var runId = await host.StartRunAsync("tiny", "ada");
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");

        using var resume = await host.CommandAsync(runId, "resume", new { @as = "grace" });
        using var self = await host.CommandAsync(runId, "approve", new { @as = "ada" });

        var problem = await RunningHost.ProblemAsync(resume);
        Assert.Equal((409, "command-refused"), (problem.Status, problem.Code));
        Assert.Contains("approve", problem.Accepts!);
        Assert.Single(problem.OpenApprovals!);
        Assert.Contains("started the run", (await RunningHost.ProblemAsync(self)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_EndedRun_IsRefused()
    {
        var runId = await host.StartRunAsync("tiny", "ada");
        using (await host.CommandAsync(runId, "abort", new { @as = "grace", reason = "enough" })) { }
        await host.WaitForAsync(runId, details => details.Orchestration == "Completed", "the end");

        using var answer = await host.CommandAsync(runId, "hold", new { @as = "grace" });

        Assert.Equal("run-ended", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Fact]
    public async Task Rollback_EndedRun_GoesBackUnderItsOwnId()
    {
        var runId = await host.StartRunAsync("tiny", "ada");
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        using (await host.CommandAsync(runId, "approve", new { @as = "grace" })) { }
        await host.WaitForAsync(runId, details => details.Orchestration == "Completed", "the end");

        using (var answer = await host.CommandAsync(runId, "rollback", new { @as = "grace", reason = "customers complain", commandId = "back" }))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using (var again = await host.CommandAsync(runId, "rollback", new { @as = "grace", reason = "customers complain", commandId = "back" }))
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);

        var back = await host.WaitForAsync(runId, details => details.Run.State == RunState.RolledBack, "RolledBack");
        Assert.Equal(0, (await host.Http.GetFromJsonAsync<FlagDetails>("/flags/bar", ApiJson.Options))!.Flag.Percent);
        Assert.Single(back.Timeline, entry => entry.CommandId == "back");
        Assert.Contains(back.Timeline, entry => entry.Message.StartsWith("ada started", StringComparison.Ordinal));
        using (await host.CommandAsync(runId, "abort", new { @as = "grace", reason = "done" })) { }
        await host.WaitForAsync(runId, details => details.Run.State == RunState.Aborted && details.Orchestration == "Completed", "Aborted");
    }

    [Theory]
    [InlineData("approvee", "no-such-command", 404)]
    [InlineData("promote", "bad-request", 400)]
    public async Task Command_Malformed_IsAProblem(string command, string code, int status)
    {
        var runId = await host.StartRunAsync("tiny", "ada");

        using var answer = await host.CommandAsync(runId, command, new { @as = "grace" });

        var problem = await RunningHost.ProblemAsync(answer);
        Assert.Equal((status, code), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task Runs_ListAndStatus_ShowThemNewestFirst()
    {
        var first = await host.StartRunAsync("tiny", "ada");
        await host.WaitForAsync(first, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        using (await host.CommandAsync(first, "abort", new { @as = "grace" })) { }
        await host.WaitForAsync(first, details => details.Orchestration == "Completed", "the end");
        var second = await host.StartRunAsync("tiny", "ada");

        var all = (await host.Http.GetFromJsonAsync<RolloutPage>("/api/rollouts", ApiJson.Options))!;
        var live = (await host.Http.GetFromJsonAsync<RolloutPage>("/api/rollouts?live=true", ApiJson.Options))!;
        var page = (await host.Http.GetFromJsonAsync<RolloutPage>("/api/rollouts?top=1", ApiJson.Options))!;
        var next = (await host.Http.GetFromJsonAsync<RolloutPage>($"/api/rollouts?top=1&after={page.Next}", ApiJson.Options))!;

        Assert.Equal([second, first], all.Items.Select(run => run.RunId));
        Assert.Equal([second], live.Items.Select(run => run.RunId));
        Assert.Equal([second, first], page.Items.Concat(next.Items).Select(run => run.RunId));
        Assert.Null(next.Next);
        Assert.Equal(RunState.Aborted, all.Items[1].State);
    }

    [Theory]
    [InlineData("/api/rollouts/absent")]
    [InlineData("/api/rollouts/absent/measurements")]
    public async Task Run_Unknown_IsNotFound(string path)
    {
        using var answer = await host.Http.GetAsync(path);

        Assert.Equal("run-not-found", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Fact]
    public async Task Host_StoppedAndStarted_GoesOnWhereItStood()
    {
        await using var other = await RunningHost.StartAsync(SamplePlaybooks.Prepare);
        var runId = await other.StartRunAsync("tiny", "ada");
        await other.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        await other.StopAsync();

        await using var again = await RunningHost.StartAsync(folder: other.Folder);
        using (var answer = await again.CommandAsync(runId, "approve", new { @as = "grace" }))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await again.WaitForAsync(runId, details => details.Run.State == RunState.Succeeded, "Succeeded");
    }
}
