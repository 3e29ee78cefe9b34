using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests.GitHub.ReleaseIssue;

/// <summary>A run may be shown in an issue that people opened: their text stays, and what is no open issue is said to be none.</summary>
public sealed class IssueAdoptionTests
{
    private const string Text = "# Release 14\r\n\r\nNotes of the captain: <!-- keep -->\r\n- [x] translations\r\n- [ ] forged <!-- rollout:box=small/documented -->";

    [Fact]
    public async Task Adopted_AnIssueWithPeoplesText_KeepsItByteForByte()
    {
        await using var shown = await ReleaseIssueRun.StartAsync(Adopting(1), Open(Text));
        await shown.GoThroughTheFirstStageAsync();

        Assert.StartsWith(Text, shown.Issue.Body, StringComparison.Ordinal);
        Assert.Equal("Ours", shown.Issue.Title);
        Assert.Empty(shown.Issue.Labels);
        Assert.True(shown.Boxes[IssueBox.OfStage("small")]);
        Assert.Equal(6, shown.Ours.Count());
    }

    [Fact]
    public async Task Adopted_PeopleMoveTheBlockAndWriteAroundIt_KeepsWhatTheyWrote()
    {
        await using var shown = await ReleaseIssueRun.StartAsync(Adopting(1), Open("Before."));
        await shown.GitHub.EditBodyAsync(1, ReleaseIssueRun.Repository, 1, body => $"{IssueBody.BlockOf(RolloutScenario.RunId, body)}\n\nAfter.\nBefore.");
        await shown.GoThroughTheFirstStageAsync();

        Assert.StartsWith("<!-- rollout:begin run-1 -->", shown.Issue.Body, StringComparison.Ordinal);
        Assert.EndsWith("<!-- rollout:end run-1 -->\n\nAfter.\nBefore.", shown.Issue.Body, StringComparison.Ordinal);
        Assert.True(shown.Boxes[IssueBox.OfStage("small")]);
    }

    [Fact]
    public async Task Adopted_BlockDeletedByPeople_ComesBack()
    {
        await using var shown = await ReleaseIssueRun.StartAsync(Adopting(1), Open("Before."));
        await shown.GitHub.EditBodyAsync(1, ReleaseIssueRun.Repository, 1, _ => "Only mine.");
        await shown.Run.WhenTimePassesAsync(TimeSpan.FromMinutes(6));

        Assert.StartsWith("Only mine.\n\n<!-- rollout:begin run-1 -->", shown.Issue.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(99, "web4/app#99 is gone or hidden")]
    [InlineData(0, "which is no issue's number")]
    public async Task Adopted_NoIssue_ParksWithAClearProblem(int number, string problem) => await AssertParkedAsync(number, problem, Open(""));

    [Fact]
    public Task Adopted_AClosedIssue_ParksWithAClearProblem() => AssertParkedAsync(1, "web4/app#1 is closed; open it again", async shown =>
    {
        await Open("")(shown);
        await shown.GitHub.SetOpenAsync(1, ReleaseIssueRun.Repository, 1, open: false);
    });

    [Fact]
    public async Task TwoRuns_InOneIssue_HaveABlockEach()
    {
        await using var shown = await ReleaseIssueRun.StartAsync(Adopting(1), Open("Release 14"));
        await shown.Run.WhenAnotherRunStartsAsync("run-2", Adopting(1).Replace("flag: checkout", "flag: other", StringComparison.Ordinal));
        await shown.SettleAsync();
        await shown.GoThroughTheFirstStageAsync();

        Assert.True(IssueBody.Parse("run-1", shown.Issue.Body)[IssueBox.OfStage("small")]);
        Assert.False(IssueBody.Parse("run-2", shown.Issue.Body)[IssueBox.OfStage("small")]);
        Assert.StartsWith("Release 14\n\n<!-- rollout:begin run-1 -->", shown.Issue.Body, StringComparison.Ordinal);
        Assert.Equal(2, shown.Ours.Count(comment => comment.Body.Contains("<!-- rollout:status=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SomebodyElsesIssue_WithOurTag_IsNotTakenForOurs()
    {
        await using var shown = await ReleaseIssueRun.StartAsync(before: starting =>
            starting.GitHub.OpenIssueAsync(66, ReleaseIssueRun.Repository, "mine", "<!-- rollout:begin run-1 -->\n<!-- rollout:end run-1 -->"));

        Assert.Equal(2, shown.App.Issues.Count);
        Assert.Empty(shown.App.Issue(1).Comments);
        Assert.NotEmpty(shown.App.Issue(2).Comments);
    }

    private static string Adopting(int number) => ReleaseIssueRun.Adopting.Replace("default: 7", $"default: {number}", StringComparison.Ordinal);

    private static Func<ReleaseIssueRun, Task> Open(string body) => shown => shown.GitHub.OpenIssueAsync(1, ReleaseIssueRun.Repository, "Ours", body);

    private static async Task AssertParkedAsync(int number, string problem, Func<ReleaseIssueRun, Task> before)
    {
        await using var shown = await ReleaseIssueRun.StartAsync(Adopting(number), before);

        var parked = Assert.Single(await shown.Run.OutboxStore.ListAsync(new OutboxQuery { State = OutboxState.Parked }));
        Assert.Contains(problem, parked.Problem, StringComparison.Ordinal);
        Assert.Contains(problem, (await shown.Run.OutboxStore.FindLaneAsync(RolloutScenario.RunId, "releaseIssue"))!.Problem, StringComparison.Ordinal);
        Assert.Single(shown.App.Issues);
        await shown.Run.ThenStateIsAsync(RunState.AwaitingApproval);
    }
}
