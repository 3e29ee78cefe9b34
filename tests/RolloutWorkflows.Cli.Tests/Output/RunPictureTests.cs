using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;
using Spectre.Console;

namespace RolloutWorkflows.Cli.Tests.Output;

public sealed class RunPictureTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Draw_SoakingStage_ShowsTheBarAndTheRemainingTime()
    {
        var picture = Render(new SoakStatus { Stage = "ten-percent", Attempt = 1, StartedAt = Noon, Needed = TimeSpan.FromDays(4), Counted = TimeSpan.FromDays(1), AsOf = Noon });

        Assert.Contains("██████░░░░░░░░░░░░░░░░░░ 25 %  3 d left (3 s of real time)", picture, StringComparison.Ordinal);
        Assert.Contains("✓ one-percent", picture, StringComparison.Ordinal);
        Assert.Contains("soaking  it soaks", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_StageThatSoaksByACounterToo_ShowsTheOneThatIsFurthestBehindAndBothInWords()
    {
        var picture = Render(new SoakStatus { Stage = "ten-percent", Attempt = 1, StartedAt = Noon, Needed = TimeSpan.FromDays(4), Counted = TimeSpan.FromDays(3), AsOf = Noon, Counts = [new CountedIncrease { Metric = "finalized-epochs", Needed = 10, Counted = 7 }] });

        Assert.Contains("█████████████████░░░░░░░ 70 %  1 d left (1 s of real time), 7 of 10 finalized-epochs", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_StageThatOnlyCounts_ShowsHowFarItHasCounted()
    {
        var picture = Render(new SoakStatus { Stage = "ten-percent", Attempt = 1, StartedAt = Noon, AsOf = Noon, Counts = [new CountedIncrease { Metric = "finalized-epochs", Needed = 10, Counted = 5 }] });

        Assert.Contains("████████████░░░░░░░░░░░░ 50 %  5 of 10 finalized-epochs", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_TextWithBrackets_IsShownAsItIs() =>
        Assert.Contains("[bold]a title[/]", Render(null), StringComparison.Ordinal);

    private static string Render(SoakStatus? soak)
    {
        var run = new RunStatus
        {
            RunId = "web4-1",
            Playbook = "web4",
            Title = "[bold]a title[/]",
            State = RunState.Soaking,
            Because = "it soaks",
            StartedBy = "ada",
            StartedAt = Noon,
            TimeCompression = 86_400,
            Stages =
            [
                new StageStatus { Name = "one-percent", State = StageState.Promoted, OpenedAt = Noon, EndedAt = Noon.AddSeconds(2) },
                new StageStatus { Name = "ten-percent", State = StageState.Open, OpenedAt = Noon.AddSeconds(2) },
            ],
        };
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 120;
        console.Write(new RunPicture().Draw(new RunMoment(new RolloutDetails { Run = run, Soak = soak, Timeline = [], Orchestration = "Running", Now = Noon }, [], RollbacksAreRecorded: false)));
        return writer.ToString();
    }
}
