using System.Text.Json;

namespace RolloutWorkflows.Cli.Tests.Commands;

public sealed class SimulateCommandTests
{
    private static readonly string Shipped = Repository.PathOf("playbooks", "web4-mycelia.yaml");

    [Fact]
    public async Task Simulate_WhereNothingGoesWrong_TellsEveryStageAndThatItWouldSucceed()
    {
        var result = (await CliProgram.RunAsync("simulate", Shipped)).Ended(ExitCode.Ok);

        foreach (var stage in new[] { "preparation", "canary", "one-percent", "ten-percent", "fifty-percent", "everybody" }) Assert.Contains($"{stage}: stage {stage} opened", result.Output, StringComparison.Ordinal);
        Assert.Contains("It would succeed after 14 d", result.Output, StringComparison.Ordinal);
        Assert.Contains("measurements judged in", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_AgainstARecordedTrace_SaysWhenItWouldHaveGoneBack()
    {
        using var folder = new TemporaryFolder();
        var lines = Enumerable.Range(0, 3 * 1440).Select(minute =>
        {
            var at = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc).AddMinutes(minute);
            return FormattableString.Invariant($"{at:yyyy-MM-ddTHH:mm:ssZ},{(minute > 2 * 1440 + 60 ? 0.2 : 0.001)},900,180,4.4,0.8,0.7");
        });
        var trace = folder.Write("trace.csv", string.Join('\n', ["time,error-rate,error-rate.samples,p95,satisfaction,completion-rate,retention-rate", .. lines]));

        var result = (await CliProgram.RunAsync("simulate", Shipped, "--trace", trace)).Ended(ExitCode.No);

        Assert.Contains("It would go back after 2 d 1 h", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"2d 01:0\d  ten-percent: .*rollback", result.Output);
    }

    [Fact]
    public async Task Simulate_Json_CanBeReadByPrograms()
    {
        var json = JsonDocument.Parse((await CliProgram.RunAsync("simulate", Shipped, "--fault", "error-rate=none@canary", "--json")).Ended(ExitCode.No).Output).RootElement;

        Assert.Equal(("holding", "canary"), (json.GetProperty("run").GetProperty("state").GetString(), json.GetProperty("run").GetProperty("stage").GetString()));
    }

    [Theory]
    [InlineData("--fault error-rat=5%@canary", ExitCode.Usage, "the playbook has no metric 'error-rat'; it has error-rate, ")]
    [InlineData("--fault error-rate=5%@canar", ExitCode.Usage, "the playbook has no stage 'canar'; it has preparation, canary, ")]
    [InlineData("--fault error-rate=much@canary", ExitCode.Usage, "'much' is no value; expected a number")]
    [InlineData("--fault error-rate", ExitCode.Usage, "expected METRIC=VALUE@STAGE")]
    [InlineData("--fault allowlst=failed@canary", ExitCode.Usage, "stage canary has no step 'allowlst'; it has ")]
    [InlineData("--fault error-rate=5%@canary+soon", ExitCode.Usage, "'soon' is no duration")]
    [InlineData("--answer-after later", ExitCode.Usage, "--answer-after: expected a duration")]
    [InlineData("--trace nowhere.csv", ExitCode.Usage, "nowhere.csv: cannot be read")]
    [InlineData("--input flagg=x", ExitCode.Invalid, "unknown input 'flagg'")]
    public async Task Simulate_WrongOptions_AreRefusedWithWhatIsExpected(string options, int exitCode, string says) =>
        Assert.Contains(says, (await CliProgram.RunAsync(["simulate", Shipped, .. options.Split(' ')])).Ended(exitCode).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Rehearse_ShippedPlaybook_PassesForEveryStage()
    {
        var output = (await CliProgram.RunAsync("rehearse", Shipped)).Ended(ExitCode.Ok).Output;

        Assert.DoesNotContain("NOT AS BEFORE", output, StringComparison.Ordinal);
        Assert.Matches(@"fifty-percent\s+error-rate fails\s+[0-9a-z ]+  [1-9]", output);
    }
}
