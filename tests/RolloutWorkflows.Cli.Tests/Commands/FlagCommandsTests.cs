using System.Text.Json;
using RolloutWorkflows.Scenarios;

namespace RolloutWorkflows.Cli.Tests.Commands;

/// <summary>Flags by hand, against a real server process.</summary>
public sealed class FlagCommandsTests : IAsyncLifetime
{
    private const string Flag = "intent_bar_v1_rollout";

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
    [Requirement("A8", "web4-mycelia")]
    [Requirement("A3", "web4-mycelia")]
    public async Task Flags_ByHand_DoWhatThePlaybooksOriginalCommandsDo()
    {
        Assert.Contains("10 %", await FlagsAsync("rollout", Flag, "10"), StringComparison.Ordinal);
        Assert.Contains("canary of 0", await FlagsAsync("canary", "on", Flag), StringComparison.Ordinal);
        await FlagsAsync("canary-add", Flag, "user123", "user7");
        Assert.Equal("user123\nuser7\n", await FlagsAsync("canary-list", Flag));
        await FlagsAsync("canary-remove", Flag, "user7");
        Assert.Equal("user123\n", await FlagsAsync("canary", "list", Flag));
        Assert.Matches($@"(?m)^{Flag} +yes +10 % +1 users", await FlagsAsync("status"));
        Assert.Contains("10 %, canary of 1", await FlagsAsync("get", Flag), StringComparison.Ordinal);
        await FlagsAsync("canary", "off", Flag);
        Assert.Contains("off for everybody", await FlagsAsync("set", Flag, "false"), StringComparison.Ordinal);
        Assert.Contains(Flag, await FlagsAsync("list"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("A8", "web4-mycelia")]
    public async Task Export_ImportedAfterChanges_BringsEveryFlagBack()
    {
        await FlagsAsync("rollout", Flag, "12.5");
        await FlagsAsync("canary", "set", Flag, "ada", "grace");
        await FlagsAsync("set", "live_captions", "true");
        var exported = await FlagsAsync("export");
        var file = Path.Combine(folder.Path, "flags.json");
        await File.WriteAllTextAsync(file, exported);

        await FlagsAsync("rollout", Flag, "100");
        await FlagsAsync("canary", "off", Flag);
        await FlagsAsync("set", "live_captions", "false");
        await FlagsAsync("import", file, "--reason", "back to what was");

        Assert.Equal(exported, await FlagsAsync("export"));
        Assert.Contains("back to what was", await FlagsAsync("get", Flag), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("A8", "web4-mycelia", BadWay = true)]
    public async Task Import_OneFlagIsWrong_TheOthersAreSetAndItEndsWithOne()
    {
        var file = Path.Combine(folder.Path, "flags.json");
        await File.WriteAllTextAsync(file, """{ "flags": [ { "name": "good", "percent": 5 }, { "name": "bad", "percent": 250 } ] }""");

        var result = (await server.RunAsync("flags", "import", file, "--json")).Ended(ExitCode.No);

        Assert.Contains("bad: 'percent' is 250; expected 0 to 100.", result.Error, StringComparison.Ordinal);
        Assert.Equal([true, false], JsonDocument.Parse(result.Output).RootElement.GetProperty("flags").EnumerateArray().Select(flag => flag.GetProperty("changed").GetBoolean()));
        Assert.Contains("5 %", await FlagsAsync("get", "good"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("A8", "web4-mycelia", BadWay = true)]
    public async Task Import_NoFile_IsAUsageError()
    {
        var result = (await server.RunAsync("flags", "import", Path.Combine(folder.Path, "none.json"))).Ended(ExitCode.Usage);

        Assert.Contains("Expected what `rollout flags export` writes.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("A9", "web4-mycelia")]
    public async Task Explain_CanaryAndPercentage_SaysWhichRuleDecides()
    {
        await FlagsAsync("rollout", Flag, "0");
        await FlagsAsync("canary", "set", Flag, "ada");

        Assert.Contains("is on for ada: The user is on the canary's allowlist.", await FlagsAsync("explain", Flag, "ada"), StringComparison.Ordinal);
        var beyond = await FlagsAsync("explain", Flag, "user-42");
        Assert.Contains("is off for user-42", beyond, StringComparison.Ordinal);
        Assert.Matches(@"bucket: \d+ of 100000", beyond);
        await FlagsAsync("rollout", Flag, "100");
        Assert.Contains("is on for user-42", await FlagsAsync("explain", Flag, "user-42"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("A9", "web4-mycelia", BadWay = true)]
    public async Task Explain_FlagThatIsNotThere_SaysSo()
    {
        var result = await server.RunAsync("flags", "explain", "nothing_v1", "ada");

        Assert.NotEqual(ExitCode.Ok, result.ExitCode);
        Assert.Contains("nothing_v1", result.Error, StringComparison.Ordinal);
    }

    private async Task<string> FlagsAsync(params string[] arguments) => (await server.RunAsync(["flags", .. arguments])).Ended(ExitCode.Ok).Output;
}
