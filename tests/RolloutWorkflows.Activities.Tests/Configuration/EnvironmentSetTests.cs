using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>env/set</c> on real files.</summary>
public sealed class EnvironmentSetTests : IDisposable
{
    private const string Key = "run/1/1";
    private const string Before = "# the shop\nSHOP=off # for now\nPORT=80\n";

    private readonly string _root = Directory.CreateTempSubdirectory("kinds-").FullName;
    private readonly StepRig _rig;

    public EnvironmentSetTests()
    {
        _rig = new StepRig(services => services.AddSingleton(new PlaybookFileOptions { Root = Path.Combine(_root, "files") }));
        Directory.CreateDirectory(Path.Combine(_root, "files", "web"));
        Text = Before;
    }

    private string WebFile => Path.Combine(_root, "files", "web", "shop.env");

    private string Text
    {
        get => File.ReadAllText(WebFile);
        set => File.WriteAllText(WebFile, value);
    }

    public void Dispose()
    {
        _rig.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Set_OldAndNewVariables_AreWrittenJournaledAndReadBack()
    {
        var result = await SetAsync(Map(("SHOP", "on"), ("GREETING", "good day")));

        Assert.Equal((StepVerdict.Passed, "env:web/shop.env#GREETING,SHOP went from no GREETING, SHOP=off to GREETING='good day', SHOP=on."), (result.Verdict, result.Message));
        Assert.Equal("# the shop\nSHOP=on # for now\nPORT=80\nGREETING='good day'\n", Text);
        Assert.Equal("""{"GREETING":null,"SHOP":"off"}""", result.Outputs["before"].GetRawText());
        Assert.Equal("""{"GREETING":"good day","SHOP":"on"}""", result.Outputs["values"].GetRawText());
        Assert.Equal(EffectState.Applied, Assert.Single(await _rig.Journal.ListAsync("run")).State);
        Assert.Equal([WebFile], Directory.EnumerateFiles(Path.GetDirectoryName(WebFile)!));
    }

    [Fact]
    public async Task Set_FileMode_Stays()
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(WebFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await SetAsync(Map(("SHOP", "on")));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(WebFile));
    }

    [Fact]
    public async Task Redelivered_AfterItWasApplied_PassesAndWritesNothing()
    {
        await SetAsync(Map(("SHOP", "on")), Key);
        var written = File.GetLastWriteTimeUtc(WebFile);

        var again = await SetAsync(Map(("SHOP", "on")), Key);

        Assert.Equal((StepVerdict.Passed, "off"), (again.Verdict, again.Outputs["before"].GetProperty("SHOP").GetString()));
        Assert.Equal(written, File.GetLastWriteTimeUtc(WebFile));
        Assert.Single(await _rig.Journal.ListAsync("run"));
    }

    [Fact]
    public async Task Redelivered_SomebodyChangedTheVariable_KeepsTheirs()
    {
        await SetAsync(Map(("SHOP", "on")), Key);
        Text = Text.Replace("SHOP=on", "SHOP=maybe", StringComparison.Ordinal);

        Assert.Equal(StepVerdict.Errored, (await SetAsync(Map(("SHOP", "on")), Key)).Verdict);
        Assert.Contains("SHOP=maybe", Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_RestoresTheVeryTextAndRemovesWhatWasNotThere()
    {
        await SetAsync(Map(("SHOP", "on"), ("GREETING", "good day")));
        Text = Text.Replace("PORT=80", "PORT=81", StringComparison.Ordinal);

        var result = Assert.Single(await RollBackAsync());

        Assert.Equal(CompensationOutcome.Restored, result.Outcome);
        Assert.Equal(Before.Replace("PORT=80", "PORT=81", StringComparison.Ordinal), Text);
    }

    [Fact]
    public async Task Rollback_TwoStepsOnOneVariable_GoesBackThroughBoth()
    {
        await SetAsync(Map(("SHOP", "half"), ("PORT", "81")));
        await SetAsync(Map(("SHOP", "on")));
        var effects = (await BeginAsync()).Effects;

        Assert.Equal(CompensationOutcome.Blocked, (await CompensateAsync(effects[1])).Outcome);
        foreach (var effect in effects) Assert.Equal(CompensationOutcome.Restored, (await CompensateAsync(effect)).Outcome);

        Assert.Equal(Before, Text);
    }

    [Theory]
    [InlineData(null, "SHOP=maybe")]
    [InlineData("off", "SHOP=off")]
    public async Task Rollback_SomebodyChangedOneVariable_RestoresTheOthersOnly(string? safe, string expected)
    {
        var with = new { file = "web/shop.env", values = Map(("SHOP", "on"), ("PORT", "81")), safe = safe is null ? Map() : Map(("SHOP", safe)) };
        await _rig.StepAsync("env/set", with);
        Text = Text.Replace("SHOP=on", "SHOP=maybe", StringComparison.Ordinal);

        var result = Assert.Single(await RollBackAsync());

        Assert.Equal(CompensationOutcome.Drifted, result.Outcome);
        Assert.Contains("PORT=80\n", Text, StringComparison.Ordinal);
        Assert.Contains(expected + " # for now", Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RollbackTo_NamesValues_AreSetInstead()
    {
        await _rig.StepAsync(Request(Map(("SHOP", "on"))) with { RollbackTo = JsonSerializer.SerializeToElement(Map(("SHOP", "closed for today"))) });

        await RollBackAsync();

        Assert.Contains("SHOP='closed for today' # for now", Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OlderEpoch_OvertakenAfterItsIntent_WritesNothing()
    {
        var request = Request(Map(("SHOP", "on")));
        await _rig.StepAsync(request, Key);
        await RollBackAsync();

        var late = await _rig.StepAsync(request, Key);

        Assert.Equal((StepVerdict.Errored, Before), (late.Verdict, Text));
    }

    [Theory]
    [InlineData("../outside.env", "'../outside.env' is no path of a file")]
    [InlineData("web/../../outside.env", "'web/../../outside.env' is no path of a file")]
    [InlineData("/etc/hosts", "'/etc/hosts' is no path of a file")]
    [InlineData("web\\shop.env", "'web\\shop.env' is no path of a file")]
    [InlineData("link.env", "File link.env: 'link.env' is a symbolic link")]
    [InlineData("linked/outside.env", "File linked/outside.env: 'linked' is a symbolic link")]
    [InlineData("web", "File web does not exist in")]
    [InlineData("none.env", "File none.env does not exist in")]
    public async Task File_OutsideTheFolderOrMissing_IsRefused(string file, string message)
    {
        var outside = Path.Combine(_root, "outside.env");
        await File.WriteAllTextAsync(outside, Before, TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(_root, "files", "link.env"), outside);
        Directory.CreateSymbolicLink(Path.Combine(_root, "files", "linked"), _root);

        var result = await _rig.StepAsync("env/set", new { file, values = Map(("SHOP", "on")) });

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.StartsWith(message, result.Message, StringComparison.Ordinal);
        Assert.Equal(Before, await File.ReadAllTextAsync(outside, TestContext.Current.CancellationToken));
        Assert.Empty(await _rig.Journal.ListAsync("run"));
    }

    [Theory]
    [InlineData("""{ "9A": "x" }""", "'9A' is no name of an environment variable: expected letters, digits and '_', not beginning with a digit.")]
    [InlineData("""{ "A": "x\nEVIL=1" }""", "The value of A holds a line break or another control character, which an environment file cannot keep.")]
    [InlineData("{ }", "env/set has nothing to set: with.values is empty.")]
    public async Task Values_ThatAFileCannotKeep_AreRefused(string values, string message)
    {
        var result = await SetAsync(JsonDocument.Parse(values).RootElement);

        Assert.Equal((StepVerdict.Errored, message, Before), (result.Verdict, result.Message, Text));
    }

    [Fact]
    public async Task Host_NamesNoFolder_ChangesNoFile()
    {
        using var rig = new StepRig();

        var result = await rig.StepAsync(Request(Map(("SHOP", "on"))));

        Assert.Equal("File web/shop.env: this host lets no playbook read or change files. Name their folder in its configuration: rollout.files.", result.Message);
    }

    private static Dictionary<string, string> Map(params (string Name, string Value)[] values) => values.ToDictionary(pair => pair.Name, pair => pair.Value);

    private static StepRequest Request(object values) => StepRig.Request("env/set", new { file = "web/shop.env", values });

    private Task<StepResult> SetAsync(object values, string? key = null) => _rig.StepAsync(Request(values), key);

    private Task<RollbackWork> BeginAsync() => _rig.CallAsync<RollbackWork>(ActivityNames.BeginRollback, new RollbackRequest
    {
        RunId = "run",
        Epoch = 1,
        To = RollbackTarget.Start,
        Stage = "one",
        Attempt = 1,
        OpenedStages = ["one"],
    });

    private async Task<List<CompensationResult>> RollBackAsync()
    {
        var results = new List<CompensationResult>();
        foreach (var effect in (await BeginAsync()).Effects) results.Add(await CompensateAsync(effect));
        return results;
    }

    private Task<CompensationResult> CompensateAsync(EffectRecord effect) => _rig.CallAsync<CompensationResult>(ActivityNames.Compensate, new CompensationRequest
    {
        RunId = "run",
        EffectId = effect.EffectId,
        Epoch = 1,
        Actor = "rollout",
        Reason = "error-rate failed",
    });
}
