using System.Text.Json;

namespace RolloutWorkflows.Cli.Tests.Commands;

public sealed class PlanCommandTests
{
    private static readonly string Shipped = Repository.PathOf("playbooks", "web4-mycelia.yaml");

    [Fact]
    public async Task Plan_ShippedPlaybook_ShowsEveryStageWithItsTimes()
    {
        var output = (await CliProgram.RunAsync("plan", Shipped, "--at", "2026-03-02T09:00Z")).Ended(ExitCode.Ok).Output;

        foreach (var stage in new[] { "preparation", "canary", "one-percent", "ten-percent", "fifty-percent", "everybody" }) Assert.Contains(stage, output, StringComparison.Ordinal);
        Assert.Contains("2026-03-02", output, StringComparison.Ordinal);
        Assert.Contains("2026-03-03", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_Json_CanBeReadByPrograms() =>
        Assert.Equal(6, JsonDocument.Parse((await CliProgram.RunAsync("plan", Shipped, "--json")).Ended(ExitCode.Ok).Output).RootElement.GetProperty("stages").GetArrayLength());

    public static TheoryData<string> Playbooks => [.. Directory.GetFiles(Repository.PathOf("playbooks"), "*.yaml").Select(file => Path.GetFileName(file)).Order()];

    [Theory]
    [MemberData(nameof(Playbooks))]
    public async Task Plan_OfEveryPlaybookThatShips_NeedsNothingButTheFile(string file) =>
        Assert.Contains("ends ", (await CliProgram.RunAsync("plan", Repository.PathOf("playbooks", file))).Ended(ExitCode.Ok).Output, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task Plan_ATextThatIsNotGivenYet_StandsByItsName()
    {
        var planned = (await CliProgram.RunAsync("plan", Repository.PathOf("playbooks", "rpp-chain.yaml"))).Ended(ExitCode.Ok);

        Assert.Contains("Not given yet, and shown by name: commit, windowStart", planned.Error, StringComparison.Ordinal);
        Assert.Contains("got '<windowStart>'; the plan takes the window to be open", planned.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_AMisspeltInputBesideAMissingOne_NamesTheRightOne() =>
        Assert.Contains("did you mean 'commit'?", (await CliProgram.RunAsync("plan", Repository.PathOf("playbooks", "phase2-api.yaml"), "--input", "comit=abc")).Ended(ExitCode.Invalid).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--input flagg=x", ExitCode.Invalid, "unknown input 'flagg'")]
    [InlineData("--at yesterday", ExitCode.Usage, "--at: expected a moment such as")]
    public async Task Plan_WrongInput_IsRefused(string options, int exitCode, string says) =>
        Assert.Contains(says, (await CliProgram.RunAsync(["plan", Shipped, .. options.Split(' ')])).Ended(exitCode).Error, StringComparison.Ordinal);
}
