using System.Text.Json;
using RolloutWorkflows.CommandRunner;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>shell/run</c> with real programs.</summary>
public sealed class ShellRunTests : IDisposable
{
    private readonly CommandRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task Command_ExitsAsExpected_Passes()
    {
        rig.Allow("greet", "echo \"hello $1\"");
        var result = await rig.ToEndAsync(CommandRig.Request("shell/run", new { command = "greet", arguments = new[] { "world" } }));
        Assert.Equal((StepVerdict.Passed, "hello world"), (result.Verdict, result.Outputs["output"].GetString()));
        Assert.Equal(EffectState.Applied, Assert.Single(await rig.Rig.Journal.ListAsync("run")).State);
    }

    [Fact]
    public async Task Command_ExitsOtherwise_FailsWithItsLastLine()
    {
        rig.Allow("break", "echo one; echo 'disk is full' >&2; exit 3");
        var result = await rig.ToEndAsync(CommandRig.Request("shell/run", new { command = "break" }));
        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.Contains("ended with 3; expected 0. It said: disk is full", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("; touch injected")]
    [InlineData("$(touch injected)")]
    [InlineData("`touch injected`")]
    [InlineData("\" && touch injected; \"")]
    [InlineData("--option=\n'two lines'")]
    public async Task Argument_WithShellSigns_ArrivesAsItIs(string argument)
    {
        rig.Allow("show", "printf %s \"$1\" > shown");
        await rig.ToEndAsync(CommandRig.Request("shell/run", new { command = "show", arguments = new[] { argument } }));
        Assert.Equal(argument, File.ReadAllText(rig.PathOf("shown")));
        Assert.False(File.Exists(rig.PathOf("injected")));
    }

    [Fact]
    public async Task Environment_IsOnlyWhatIsStated()
    {
        rig.Allow("show", "env > shown", command => command with { Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["STAGE"] = "beta" } });
        await rig.ToEndAsync(CommandRig.Request("shell/run", new { command = "show" }));
        Assert.Equal(["PATH", "PWD", "STAGE"], rig.LinesOf("shown").Select(line => line.Split('=')[0]).Where(name => name is not ("_" or "SHLVL" or "OLDPWD")).Order());
    }

    [Fact]
    public async Task Variable_NotOpenedToPlaybooks_NothingRuns()
    {
        rig.Allow("touch", "touch ran");
        var result = await rig.ToEndAsync(CommandRig.Request("shell/run", new { command = "touch", environment = new Dictionary<string, string> { ["LD_PRELOAD"] = "/tmp/evil.so" } }));
        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("takes no variable 'LD_PRELOAD'", result.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(rig.PathOf("ran")));
    }

    [Fact]
    public async Task Secret_InTheEnvironment_IsNeitherShownNorStored()
    {
        rig.Allow("sign-in", "echo \"token is $TOKEN\"; echo \"$TOKEN\" >&2; exit 1", command => command with { Variables = ["TOKEN"] });
        var result = await rig.ToEndAsync(CommandRig.Request("shell/run", new { command = "sign-in", environment = new Dictionary<string, string> { ["TOKEN"] = "${{ secrets.token }}" } }));
        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.Contains("token is ***", result.Outputs["output"].GetString(), StringComparison.Ordinal);
        var stored = Directory.EnumerateFiles(rig.PathOf("state"), "*", SearchOption.AllDirectories).Select(File.ReadAllText)
            .Append(JsonSerializer.Serialize(result)).Append(JsonSerializer.Serialize(await rig.Rig.Journal.ListAsync("run")));
        Assert.DoesNotContain(stored, text => text.Contains("s3cr3t", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Command_NotGranted_NothingRuns()
    {
        using var strict = new CommandRig(new Grants(new Dictionary<string, PlaybookGrant> { ["*"] = new() { Commands = ["smoke-*"] } }));
        strict.Allow("drop-database", "touch ran");
        var result = await strict.ToEndAsync(CommandRig.Request("shell/run", new { command = "drop-database" }));
        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("command 'drop-database' is not granted to playbook web4", result.Message, StringComparison.Ordinal);
        Assert.Empty(await strict.Rig.Journal.ListAsync("run"));
    }

    [Fact]
    public async Task Secret_NotGrantedForTheCommand_NothingRuns()
    {
        using var strict = new CommandRig(new Grants(new Dictionary<string, PlaybookGrant> { ["*"] = new() { Commands = ["*"], CommandSecrets = new Dictionary<string, IReadOnlyList<string>> { ["token"] = ["other"] } } }));
        strict.Allow("sign-in", "touch ran", command => command with { Variables = ["TOKEN"] });
        var result = await strict.ToEndAsync(CommandRig.Request("shell/run", new { command = "sign-in", environment = new Dictionary<string, string> { ["TOKEN"] = "${{ secrets.token }}" } }));
        Assert.Contains("secret token for command 'sign-in' is not granted", result.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(strict.PathOf("ran")));
    }

    [Fact]
    public async Task Command_TakesTooLong_IsEndedWithAllThatItStarted()
    {
        rig.Allow("hang", "(sleep 300 & echo $! > child; wait)");
        var result = await rig.ToEndAsync(CommandRig.Request("shell/run", new { command = "hang", timeout = "500ms" }));
        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("did not end within 500ms and was ended", result.Message, StringComparison.Ordinal);
        await EndedAsync(int.Parse(rig.LinesOf("child")[0], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Output_TooLongAndHostile_LastLinesAreShownNeutrally()
    {
        rig.Allow("chat", "i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done; printf '\\033[31mred\\033[0m\\n'", command => command with { OutputLimit = 500 });
        var output = (await rig.ToEndAsync(CommandRig.Request("shell/run", new { command = "chat" }))).Outputs["output"].GetString()!;
        Assert.InRange(output.Length, 300, 502);
        Assert.StartsWith("…\nline 1", output, StringComparison.Ordinal);
        Assert.EndsWith("\uFFFD[31mred\uFFFD[0m", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redelivery_RunsNothingAgain()
    {
        rig.Allow("count", "echo x >> count");
        var request = CommandRig.Request("shell/run", new { command = "count" });
        await rig.ToEndAsync(request, key: "same");
        Assert.Equal(StepVerdict.Passed, (await rig.ToEndAsync(request, key: "same")).Verdict);
        Assert.Single(rig.LinesOf("count"));
    }

    [Fact]
    public async Task ServerRestarts_WhileTheCommandRuns_ItsResultIsFound()
    {
        rig.Allow("wait", "echo x >> began; while [ ! -e go ]; do sleep 0.05; done; exit 0");
        var request = CommandRig.Request("shell/run", new { command = "wait" });
        using var stopping = new CancellationTokenSource();
        var cut = rig.Rig.CallAsync<StepResult>("shell/run", request, "call", stopping.Token);
        while (rig.LinesOf("began").Length == 0) await Task.Yield();
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cut);

        await rig.RestartAsync();
        File.WriteAllText(rig.PathOf("go"), "");
        var result = await rig.ToEndAsync(request, key: "call");
        Assert.Equal((StepVerdict.Passed, 1), (result.Verdict, rig.LinesOf("began").Length));
    }

    [Fact]
    public async Task Command_GoneWithoutAResult_IsUnknownAndNeverRunAgain()
    {
        rig.Allow("wait", "echo x >> began; sleep 300");
        var request = CommandRig.Request("shell/run", new { command = "wait" });
        using var stopping = new CancellationTokenSource();
        var cut = rig.Rig.CallAsync<StepResult>("shell/run", request, "call", stopping.Token);
        while (rig.LinesOf("began").Length == 0) await Task.Yield();
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cut);
        using (var supervisor = new CommandFolder(Assert.Single(Directory.GetDirectories(rig.PathOf("state")))).ReadSupervisor()!.Find()!)
        {
            CommandProcess.End(supervisor);
            await supervisor.WaitForExitAsync();
        }

        await rig.RestartAsync();
        foreach (var key in new[] { "call", "retry by people" })
        {
            var result = await rig.ToEndAsync(request, key);
            Assert.Equal(StepVerdict.Errored, result.Verdict);
            Assert.Contains("It is not known what became of command:wait", result.Message, StringComparison.Ordinal);
        }

        Assert.Single(rig.LinesOf("began"));
    }

    [Fact]
    public async Task Rollback_WhileTheCommandRuns_EndsIt()
    {
        rig.Allow("wait", "echo $$ > began; sleep 300");
        var request = CommandRig.Request("shell/run", new { command = "wait" });
        using var stopping = new CancellationTokenSource();
        var cut = rig.Rig.CallAsync<StepResult>("shell/run", request, "call", stopping.Token);
        while (rig.LinesOf("began").Length == 0) await Task.Yield();
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cut);
        var undone = await rig.Rig.CallAsync<CompensationResult>(ActivityNames.Compensate, new CompensationRequest
        {
            RunId = "run",
            EffectId = Assert.Single(await rig.Rig.Journal.ListAsync("run")).EffectId,
            Epoch = 1,
            Actor = "rollout",
            Reason = "error-rate failed",
        });
        Assert.Equal(CompensationOutcome.LeftInPlace, undone.Outcome);
        await EndedAsync(int.Parse(rig.LinesOf("began")[0], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>A process that was told to end is gone a moment later; fails where it goes on.</summary>
    private static async Task EndedAsync(int process)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (IsRunning(process))
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
