namespace RolloutWorkflows.Cli.Tests.Demo;

[Collection(SlowCollection.Name)]
public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Demo_SoundService_ReachesEverybodyAndLeavesNothing()
    {
        var result = (await DemoAsync("--yes")).Ended(ExitCode.Ok);

        Assert.Contains("As expected: the feature is with everybody.", result.Output, StringComparison.Ordinal);
        Assert.Contains("the service shows the feature to 20 of 20 users", result.Output, StringComparison.Ordinal);
        Assert.Contains("ada started the run and tries to approve it: refused.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.All((result.Output + result.Error).Split('\n'), line => Assert.True(line.Length <= 80, $"wider than 80 columns: {line}"));
        AssertNothingLeft();
    }

    [Fact]
    public async Task Demo_FaultAtTenPercent_RollsBackByItselfAndSaysHowLongItTook()
    {
        var result = (await DemoAsync("--yes", "--fault", "ten-percent")).Ended(ExitCode.Ok);

        Assert.Contains("As expected: the run found the fault and took everything back by itself.", OnOneLine(result.Output), StringComparison.Ordinal);
        Assert.Matches("From the breaching measurement to the last read-back: .*\n  the objective is 1 h: met", result.Output);
        Assert.Contains("the service shows the feature to 0 of 20 users", result.Output, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public async Task Demo_FlagChangedByHand_IsCaughtAsDriftAndTheRunGoesOnOnceItIsRestored()
    {
        var result = (await DemoAsync("--yes", "--fault", "drift")).Ended(ExitCode.Ok);

        Assert.Contains("by hand: refused, since the run holds it.", OnOneLine(result.Error), StringComparison.Ordinal);
        Assert.Contains("drift: flag:intent_bar_v1_rollout reads 60 % where stage ten-percent set 10 %, changed by", OnOneLine(result.Output + result.Error), StringComparison.Ordinal);
        Assert.Contains("As expected: the run caught the change by hand, held, soaked anew, and reached everybody.", OnOneLine(result.Output), StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public async Task Demo_RollbackFindsAHandMadeZero_LeavesItAndSaysSo()
    {
        var result = (await DemoAsync("--yes", "--fault", "hand-made-zero")).Ended(ExitCode.Ok);

        Assert.Contains("0 % stood where 10 % was expected; it is now 0 %", OnOneLine(result.Output), StringComparison.Ordinal);
        Assert.Contains("As expected: the rollback found the hand-made 0 %, left it there, and said so.", OnOneLine(result.Output), StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public async Task List_NamesEveryDemoWithItsFaults()
    {
        var result = (await DemoAsync("--list", "--json")).Ended(ExitCode.Ok);

        var demos = System.Text.Json.JsonDocument.Parse(result.Output).RootElement.GetProperty("demos").EnumerateArray().ToDictionary(demo => demo.GetProperty("playbook").GetString()!);
        Assert.Equal(DemoScenes.All.Select(scene => scene.Playbook), demos.Keys);
        Assert.All(DemoScenes.All, scene =>
        {
            Assert.Equal(scene.Sentence, demos[scene.Playbook].GetProperty("sentence").GetString());
            Assert.Equal(scene.Faults.Select(fault => fault.Name), demos[scene.Playbook].GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("name").GetString()));
        });
        var plain = OnOneLine((await DemoAsync("--list")).Ended(ExitCode.Ok).Output);
        Assert.All(DemoScenes.All, scene => Assert.Contains(scene.Sentence, plain, StringComparison.Ordinal));
    }

    [Fact]
    public void Scenes_HaveOnePlaybookEachAndFaultsWithOneNameEach()
    {
        Assert.Equal(DemoScenes.All.Count, DemoScenes.All.Select(scene => scene.Playbook).Distinct().Count());
        Assert.Contains(DemoScenes.All, scene => scene.Playbook == DemoScenes.Default);
        Assert.All(DemoScenes.All, scene => Assert.Equal(scene.Faults.Count, scene.Faults.Select(fault => fault.Name).Distinct().Count()));
    }

    [Theory]
    [InlineData("--playbook", "web5", "there is no demo of 'web5'; expected one of web4-mycelia")]
    [InlineData("--fault", "gremlins", "'gremlins' is nothing that can go wrong in the demo of web4-mycelia; expected one of canary,")]
    public async Task Demo_UnknownName_SaysWhichAreKnown(string option, string value, string expected)
    {
        var result = (await DemoAsync(option, value)).Ended(ExitCode.Usage);

        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public async Task Demo_NobodyAnswers_EndsAndLeavesNothing()
    {
        var result = (await DemoAsync()).Ended(ExitCode.Usage);

        Assert.Contains("Start it with --yes", result.Error, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public async Task Demo_Interrupted_CleansUp()
    {
        using var demo = CliProgram.Start(Call("--yes"));
        Assert.StartsWith("The server runs at", await demo.StandardError.ReadLineAsync(), StringComparison.Ordinal);
        await InterruptAsync(demo);
    }

    [Fact]
    public async Task Demo_InterruptedWhileItAsks_DoesNotWaitForAnAnswer()
    {
        using var demo = CliProgram.Start(Call());
        while (await demo.StandardError.ReadLineAsync() is { } line && !line.StartsWith("Are all acceptance criteria met", StringComparison.Ordinal)) Assert.False(demo.HasExited);
        await InterruptAsync(demo);
    }

    [Fact]
    public async Task Demo_Killed_TakesItsProcessesAlong()
    {
        using var demo = CliProgram.Start(Call("--yes"));
        Assert.StartsWith("The server runs at", await demo.StandardError.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(2, Children().Count);

        demo.Kill();

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (Children().Count > 0 && !deadline.IsCancellationRequested) await pace.WaitForNextTickAsync();
        Assert.Empty(Children());
    }

    public void Dispose() => folder.Dispose();

    /// <summary>What is said, without the breaks that keep it narrow.</summary>
    private static string OnOneLine(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\\n +", " ");

    private static CliCall CallIn(string temporary, string[] options) => new()
    {
        Arguments = ["demo", .. options],
        Environment = new Dictionary<string, string> { ["TMPDIR"] = temporary, ["TMP"] = temporary, ["TEMP"] = temporary },
    };

    private CliCall Call(params string[] options) => CallIn(folder.Path, options);

    private Task<CliResult> DemoAsync(params string[] options) => CliProgram.RunAsync(Call(options));

    private async Task InterruptAsync(System.Diagnostics.Process demo)
    {
        using (var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{demo.Id}"])) await kill.WaitForExitAsync();
        await Task.WhenAll(demo.StandardOutput.ReadToEndAsync(), demo.StandardError.ReadToEndAsync(), demo.WaitForExitAsync()).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(ExitCode.Interrupted, demo.ExitCode);
        AssertNothingLeft();
    }

    private void AssertNothingLeft()
    {
        Assert.Empty(Children());
        Assert.Empty(Directory.EnumerateDirectories(folder.Path, "rollout-demo-*"));
    }

    /// <summary>Processes that work inside this test's folder; known on Linux only, elsewhere none.</summary>
    private List<string> Children() => !Directory.Exists("/proc") ? [] :
        [.. Directory.EnumerateDirectories("/proc").Where(process => int.TryParse(Path.GetFileName(process), out _)).Where(WorksHere)];

    private bool WorksHere(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget?.StartsWith(folder.Path, StringComparison.Ordinal) == true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
