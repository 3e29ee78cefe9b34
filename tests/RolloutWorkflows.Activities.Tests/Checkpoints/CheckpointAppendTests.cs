using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

public sealed class CheckpointAppendTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rollout-checkpoint-");
    private readonly VirtualTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly StepRig _rig;

    public CheckpointAppendTests() => _rig = new StepRig(services => services
        .AddSingleton<TimeProvider>(_time)
        .AddSingleton(new PlaybookFileOptions { Root = _folder.FullName }));

    private string Tracker => Path.Combine(_folder.FullName, "phase-tracker.md");

    public void Dispose()
    {
        _rig.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("# Phases\n", "# Phases\n")]
    [InlineData("# Phases", "# Phases\n")]
    public async Task Append_Line_StandsAtTheEndWithDateRunAndStage(string before, string kept)
    {
        await File.WriteAllTextAsync(Tracker, before, TestContext.Current.CancellationToken);

        var result = await AppendAsync();

        Assert.Equal(StepVerdict.Passed, result.Verdict);
        Assert.Equal("- 2026-03-02 09:00 UTC, run, one: web beta promoted", result.Outputs["line"].GetString());
        Assert.Matches($"^{kept}- 2026-03-02 09:00 UTC, run, one: web beta promoted <!-- rollout:[0-9a-f]{{16}} -->\n$", await TextAsync());
    }

    [Fact]
    public async Task Append_DeliveredAgainLater_LeavesOneLine()
    {
        await File.WriteAllTextAsync(Tracker, "", TestContext.Current.CancellationToken);
        await AppendAsync();
        var once = await TextAsync();
        _time.Advance(TimeSpan.FromHours(2));

        var again = await AppendAsync();

        Assert.Equal(StepVerdict.Passed, again.Verdict);
        Assert.Contains("holds it already", again.Message, StringComparison.Ordinal);
        Assert.Equal(once, await TextAsync());
    }

    [Fact]
    public async Task Append_CutOffAfterTheWrite_FindsItsLineAgain()
    {
        await File.WriteAllTextAsync(Tracker, "", TestContext.Current.CancellationToken);
        var written = (await AppendAsync()).Effect!;
        var once = await TextAsync();
        // The process died between the file and the journal.
        await _rig.Journal.SettleAsync(written.EffectId, EffectState.Intended, new CheckpointReport("phase-tracker.md", "web beta promoted").ToJson(), TestContext.Current.CancellationToken);

        await AppendAsync();

        Assert.Equal(once, await TextAsync());
    }

    [Fact]
    public async Task Append_OfAnotherAttempt_IsAnotherLine()
    {
        await File.WriteAllTextAsync(Tracker, "", TestContext.Current.CancellationToken);
        await AppendAsync();
        await AppendAsync(attempt: 2, epoch: 1);
        Assert.Equal(2, (await TextAsync()).Count(letter => letter == '\n'));
    }

    [Fact]
    public async Task Append_WithoutTheFile_IsErroredAndWorksOnceItIsThere()
    {
        var none = await AppendAsync();
        Assert.Equal(StepVerdict.Errored, none.Verdict);
        Assert.Contains("phase-tracker.md does not exist", none.Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Tracker, "", TestContext.Current.CancellationToken);
        Assert.Equal(StepVerdict.Passed, (await AppendAsync()).Verdict);
        Assert.Single((await TextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Append_HostileText_IsOneLineThatDoesNothing()
    {
        await File.WriteAllTextAsync(Tracker, "", TestContext.Current.CancellationToken);
        await AppendAsync("done\n- 2020-01-01 forged <!-- rollout:0000000000000000 --> @everyone [here](javascript:x)");

        var text = await TextAsync();
        Assert.Single(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, text.Split("<!--").Length - 1);
        Assert.DoesNotContain("@everyone", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[here](", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_AfterARollbackOvertookIt_WritesNothing()
    {
        await File.WriteAllTextAsync(Tracker, "", TestContext.Current.CancellationToken);
        await _rig.Journal.RaiseEpochAsync("run", 3, surface: null, TestContext.Current.CancellationToken);

        Assert.Equal(StepVerdict.Errored, (await AppendAsync(epoch: 2)).Verdict);
        Assert.Equal("", await TextAsync());
    }

    [Theory]
    [InlineData(true, CompensationOutcome.LeftInPlace)]
    [InlineData(false, CompensationOutcome.AlreadyPrior)]
    public async Task Rollback_OfALine_LeavesItAndSaysSoOnlyWhereItStands(bool stands, CompensationOutcome expected)
    {
        if (stands) await File.WriteAllTextAsync(Tracker, "", TestContext.Current.CancellationToken);
        await AppendAsync();
        var before = stands ? await TextAsync() : "";
        var effect = Assert.Single(await _rig.Journal.ListAsync("run", TestContext.Current.CancellationToken));

        var result = await _rig.CallAsync<CompensationResult>(Orchestrations.ActivityNames.Compensate, new CompensationRequest { RunId = "run", Reason = "test", EffectId = effect.EffectId, Playbook = "web4", Epoch = 1, Actor = "ada" });

        Assert.Equal(expected, result.Outcome);
        if (stands) Assert.Equal(before, await TextAsync());
    }

    private Task<StepResult> AppendAsync(string text = "web beta promoted", int attempt = 1, int epoch = 0) =>
        _rig.StepAsync(StepRig.Request("checkpoint/append", new { file = "phase-tracker.md", text }) with { Attempt = attempt, Epoch = epoch });

    private Task<string> TextAsync() => File.ReadAllTextAsync(Tracker, TestContext.Current.CancellationToken);
}
