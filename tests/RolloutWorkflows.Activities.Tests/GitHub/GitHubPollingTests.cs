using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

public sealed class GitHubPollingTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, null, 10)]
    [InlineData(200, null, 20)]
    [InlineData(36000, null, 120)]
    [InlineData(0, 5, 10)]
    [InlineData(0, 300, 300)]
    public void Next_ByWhatWasWaited_GrowsAndHeedsGitHub(int waited, int? asked, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), GitHubPolling.Next(TimeSpan.FromSeconds(waited), asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null));

    [Theory]
    [InlineData(0, 10)]
    [InlineData(3595, 5)]
    public void GoOn_WithinTheLimit_LooksAgainAndOnceAtTheLimitItself(int waited, int expected)
    {
        var result = GitHubPolling.GoOn(After(waited), TimeSpan.FromHours(1), "still runs");

        Assert.Equal((StepVerdict.Waiting, TimeSpan.FromSeconds(expected), "still runs"), (result!.Verdict, result.Again, result.Message));
    }

    [Fact]
    public void GoOn_AtTheLimitOrWhereNothingCallsAgain_IsNone()
    {
        Assert.Null(GitHubPolling.GoOn(After(3600), TimeSpan.FromHours(1), ""));
        Assert.Null(GitHubPolling.GoOn(After(0) with { StartedAt = null }, TimeSpan.FromHours(1), ""));
    }

    private static StepRequest After(int seconds) => StepRig.Request("github/checks", new { }) with { StartedAt = Start, At = Start.AddSeconds(seconds) };
}
