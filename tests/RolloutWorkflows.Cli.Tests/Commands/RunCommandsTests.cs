using System.Text.Json;

namespace RolloutWorkflows.Cli.Tests.Commands;

/// <summary>The commands against a real server process.</summary>
public sealed class RunCommandsTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private ServeProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        SamplePlaybook.Prepare(folder);
        server = await ServeProcess.StartAsync(folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Run_StartedApprovedAndWatched_EndsWithZero()
    {
        var started = (await server.RunAsync("start", "tiny", "--as", "ada", "--reason", "a test", "--input", "users=u1,u2")).Ended(ExitCode.Ok);
        var runId = started.Output.Trim();
        Assert.Matches("^tiny-[0-9]{8}-[0-9a-z]{4}$", runId);
        await OpenApprovalAsync(runId);

        var approved = (await server.RunAsync("approve", "--as", "grace", "--reason", "fine")).Ended(ExitCode.Ok);
        var watched = (await server.RunAsync("watch", runId)).Ended(ExitCode.Ok);

        Assert.Contains("approve by grace", approved.Output, StringComparison.Ordinal);
        Assert.Contains("stage everybody promoted", watched.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', watched.Output);
        Assert.Contains($"{runId}: succeeded", watched.Error, StringComparison.Ordinal);
        Assert.Contains("100 %, canary of 2", (await server.RunAsync("flags", "get", "bar")).Ended(ExitCode.Ok).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RolledBack_IsWatchedToANo()
    {
        var runId = (await server.RunAsync("start", "tiny", "--as", "ada")).Ended(ExitCode.Ok).Output.Trim();
        await OpenApprovalAsync(runId);

        (await server.RunAsync("rollback", "--as", "grace", "--reason", "complaints")).Ended(ExitCode.Ok);
        var watched = (await server.RunAsync("watch", runId, "--json")).Ended(ExitCode.No);

        var entries = watched.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()).ToList();
        Assert.Equal("started", entries[0]);
        Assert.Contains("rollbackFinished", entries);
        var status = (await server.RunAsync("status", runId)).Ended(ExitCode.Ok).Output;
        Assert.Contains("rolled back", status, StringComparison.Ordinal);
        Assert.Contains("Accepted now: retry", status, StringComparison.Ordinal);
        Assert.Matches($"(?m)^  rollout retry {runId} --reason \"…\" +begins again with", status);
    }

    [Fact]
    public async Task Rollback_DryRunThenForReal_ShowsWhatThenHappens()
    {
        var runId = (await server.RunAsync("start", "tiny", "--as", "ada")).Ended(ExitCode.Ok).Output.Trim();
        await OpenApprovalAsync(runId);

        var dry = (await server.RunAsync("rollback", "--dry-run")).Ended(ExitCode.Ok).Output;
        Assert.Contains($"{runId} (awaiting approval) would roll back from", dry, StringComparison.Ordinal);
        Assert.Contains("would be restored", dry, StringComparison.Ordinal);
        var json = JsonDocument.Parse((await server.RunAsync("rollback", runId, "--dry-run", "--json")).Ended(ExitCode.Ok).Output).RootElement;
        Assert.Equal("restored", json.GetProperty("effects")[0].GetProperty("outcome").GetString());

        (await server.RunAsync("hold", "--all", "--as", "grace", "--reason", "look at it")).Ended(ExitCode.Ok);
        Assert.Contains("holding", (await server.RunAsync("hold", "--all", "--as", "grace")).Ended(ExitCode.Ok).Output, StringComparison.Ordinal);
        (await server.RunAsync("hold", runId, "--all", "--as", "grace")).Ended(ExitCode.Usage);
        (await server.RunAsync("rollback", "--as", "grace")).Ended(ExitCode.Ok);
    }

    [Fact]
    public async Task Start_DryRun_ChecksAndPlansAndStartsNothing()
    {
        var dry = (await server.RunAsync("start", "tiny", "--as", "ada", "--dry-run")).Ended(ExitCode.Ok);
        Assert.Contains("promotion: every guardrail is green", dry.Output, StringComparison.Ordinal);
        Assert.Contains("nothing was started", dry.Error, StringComparison.Ordinal);
        Assert.Equal("tiny", JsonDocument.Parse((await server.RunAsync("start", "tiny", "--as", "ada", "--dry-run", "--json")).Ended(ExitCode.Ok).Output).RootElement.GetProperty("playbook").GetString());
        (await server.RunAsync("start", "tiny", "--as", "ada", "--dry-run", "--input", "nonsense=1")).Ended(ExitCode.Invalid);
        Assert.Empty(JsonDocument.Parse((await server.RunAsync("list", "--json")).Ended(ExitCode.Ok).Output).RootElement.EnumerateArray());
    }

    [Fact]
    public async Task Start_Supersedes_TakesOverFromARunThatWasAborted()
    {
        var earlier = (await server.RunAsync("start", "tiny", "--as", "ada")).Ended(ExitCode.Ok).Output.Trim();
        await OpenApprovalAsync(earlier);
        var live = (await server.RunAsync("start", "tiny", "--as", "ada", "--supersedes", earlier, "--from", "some")).Ended(ExitCode.Refused);
        Assert.Contains($"rollout abort {earlier}", live.Error, StringComparison.Ordinal);
        (await server.RunAsync("abort", earlier, "--as", "grace")).Ended(ExitCode.Ok);

        var later = (await server.RunAsync("start", "tiny", "--as", "ada", "--supersedes", earlier, "--from", "some")).Ended(ExitCode.Ok).Output.Trim();
        await OpenApprovalAsync(later);
        Assert.Contains($"It takes over from {earlier}.", (await server.RunAsync("status", later)).Ended(ExitCode.Ok).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_Refused_EndsWithRefusedAndSaysWhatWouldBeAccepted()
    {
        var runId = (await server.RunAsync("start", "tiny", "--as", "ada")).Ended(ExitCode.Ok).Output.Trim();
        await OpenApprovalAsync(runId);

        var self = (await server.RunAsync("approve", runId, "--as", "ada")).Ended(ExitCode.Refused);
        var resume = (await server.RunAsync("resume", runId, "--json")).Ended(ExitCode.Refused);

        Assert.Contains("has no vote", self.Error, StringComparison.Ordinal);
        Assert.Contains("Accepted now: approve", resume.Error, StringComparison.Ordinal);
        Assert.Equal("command-refused", JsonDocument.Parse(resume.Output).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Start_Impossible_EndsWithInvalidOrNo()
    {
        var unknown = (await server.RunAsync("start", "tinny", "--as", "ada")).Ended(ExitCode.No);
        var inputs = (await server.RunAsync("start", "tiny", "--as", "ada", "--input", "flagg=x")).Ended(ExitCode.Invalid);

        Assert.Contains("Did you mean 'tiny'?", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("unknown input 'flagg'", inputs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AndStatusJson_CanBeReadByPrograms()
    {
        var runId = (await server.RunAsync("start", "tiny", "--as", "ada")).Ended(ExitCode.Ok).Output.Trim();

        var runs = JsonDocument.Parse((await server.RunAsync("list", "--live", "--json")).Ended(ExitCode.Ok).Output).RootElement;
        var status = JsonDocument.Parse((await server.RunAsync("status", "--json")).Ended(ExitCode.Ok).Output).RootElement;

        Assert.Equal(runId, runs[0].GetProperty("runId").GetString());
        Assert.Equal(runId, status.GetProperty("run").GetProperty("runId").GetString());
        (await server.RunAsync("status", "absent")).Ended(ExitCode.No);
    }

    [Fact]
    public async Task Flags_ChangedByHand_AreExplained()
    {
        (await server.RunAsync("flags", "rollout", "new-checkout", "30", "--as", "ada", "--reason", "by hand")).Ended(ExitCode.Ok);
        (await server.RunAsync("flags", "canary", "set", "new-checkout", "ada", "grace")).Ended(ExitCode.Ok);

        var explained = (await server.RunAsync("flags", "explain", "new-checkout", "alice")).Ended(ExitCode.Ok).Output;
        var listed = (await server.RunAsync("flags", "list")).Ended(ExitCode.Ok).Output;

        Assert.Contains("new-checkout is on for alice", explained, StringComparison.Ordinal);
        Assert.Contains("30 %, canary of 2", listed, StringComparison.Ordinal);
        (await server.RunAsync("flags", "get", "absent")).Ended(ExitCode.No);
    }

    [Fact]
    public async Task Serve_OnDataInUse_IsRefusedWithTheHolder()
    {
        var second = (await CliProgram.RunAsync("serve", "--root", folder.Path, "--urls", "http://127.0.0.1:0")).Ended(ExitCode.Refused);

        Assert.Contains("is in use by process", second.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_OnAnAbsentRoot_IsRefusedAndMakesNoFolder()
    {
        var absent = Path.Combine(folder.Path, "plybooks");

        var refused = (await CliProgram.RunAsync("serve", "--root", absent, "--urls", "http://127.0.0.1:0")).Ended(ExitCode.Usage);

        Assert.Contains($"'{absent}' does not exist", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(absent));
    }

    [Fact]
    public async Task Serve_OnOtherAddresses_IsRefused() =>
        Assert.Contains("would serve other machines", (await CliProgram.RunAsync("serve", "--root", folder.Path, "--urls", "http://0.0.0.0:0")).Ended(ExitCode.Usage).Error, StringComparison.Ordinal);

    private async Task OpenApprovalAsync(string runId)
    {
        using var client = server.ClientOf("ada");
        await Runs.WaitAsync(client, runId, details => details.Run.OpenApprovals.Count > 0, "an open approval");
    }
}
