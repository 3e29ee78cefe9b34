using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests.GitHub.ReleaseIssue;

/// <summary>What people tick in the body, and what they write while the body is being written, is never overwritten unseen. No webhook tells anything here.</summary>
public sealed class IssueTicksTests
{
    private static readonly IssueBox Documented = IssueBox.OfQuestion("small", "documented");

    private static readonly IssueBox Promoted = IssueBox.OfStage("small");

    [Fact]
    public async Task Tick_OfAMachinesBox_IsPutBackWithAnExplanation()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        await TickAsync(shown, Promoted);
        Assert.True(shown.Boxes[Promoted]);

        await shown.Run.WhenTimePassesAsync(TimeSpan.FromMinutes(6));

        Assert.False(shown.Boxes[Promoted]);
        var explanation = Assert.Single(shown.Ours, comment => comment.Body.Contains("These boxes tick themselves", StringComparison.Ordinal));
        Assert.Contains("`small`", explanation.Body, StringComparison.Ordinal);
        Assert.Empty(shown.CatchUp.Found);
    }

    [Fact]
    public async Task Tick_OfAMachinesBoxAgainAndAgain_IsExplainedInOneComment()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        for (var times = 0; times < 3; times++)
        {
            await TickAsync(shown, Promoted);
            await shown.Run.WhenTimePassesAsync(TimeSpan.FromMinutes(6));
        }

        Assert.False(shown.Boxes[Promoted]);
        Assert.Single(shown.Ours, comment => comment.Body.Contains("These boxes tick themselves", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tick_OfAPersonsBoxThatNoWebhookTold_IsTakenUpBeforeTheBodyIsWritten()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        var bodyThen = "";
        shown.CatchUp.Answer = async found =>
        {
            bodyThen = shown.Issue.Body;
            await shown.Run.RaiseAsync(RolloutScenario.RunId, OrchestrationNames.CommandEvent, new RunCommand { CommandId = "tick", Verb = RunVerb.Approve, Actor = "bob", Via = "tick", At = shown.Run.Now });
            return [];
        };
        await TickAsync(shown, Documented);

        await shown.Run.WhenTimePassesAsync(TimeSpan.FromMinutes(6));

        var found = Assert.Single(shown.CatchUp.Found);
        Assert.Equal([new IssueTick(Documented, true)], found.Ticks);
        Assert.Equal(("run-1", 1), (found.RunId, found.Issue));
        Assert.Equal(found.Body, bodyThen);
        Assert.True(IssueBody.Parse("run-1", bodyThen)[Documented]);
        await shown.Run.ThenStateIsAsync(RunState.Soaking);
        Assert.True(shown.Boxes[Documented]);
        Assert.Contains("approved by bob (tick)", shown.Issue.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tick_OfWhichNobodyCanBeNamed_IsPutBackWithARequestToTickAgain()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        shown.CatchUp.Answer = found => Task.FromResult(found.Ticks);
        await TickAsync(shown, Documented);

        await shown.Run.WhenTimePassesAsync(TimeSpan.FromMinutes(12));

        Assert.False(shown.Boxes[Documented]);
        Assert.Single(shown.CatchUp.Found);
        var request = Assert.Single(shown.Ours, comment => comment.Body.Contains("Please tick again", StringComparison.Ordinal));
        Assert.Contains("small/documented", request.Body, StringComparison.Ordinal);
        await shown.Run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Tick_WhileItsAuthorCannotBeAskedFor_StaysUntilHeCan()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        shown.CatchUp.Answer = _ => throw new GitHubException(GitHubFailure.Unavailable, "no answer", notDone: true);
        await TickAsync(shown, Documented);
        await shown.Run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        Assert.True(shown.Boxes[Documented]);

        shown.CatchUp.Answer = found => Task.FromResult(found.Ticks);
        await shown.Run.WhenTimePassesAsync(TimeSpan.FromMinutes(6));

        Assert.False(shown.Boxes[Documented]);
    }

    [Fact]
    public async Task Edit_BetweenOurLookAndOurEdit_IsNotLost()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        var edited = false;
        shown.GitHub.Faults.CutConnection(1, request =>
        {
            if (!edited && request.Method == "PATCH" && request.Path.EndsWith("/issues/1", StringComparison.Ordinal))
            {
                edited = true;
                shown.GitHub.EditBodyAsync(1, ReleaseIssueRun.Repository, 1, body => "Written at the worst moment.\n\n" + Ticked(body, "approval")).GetAwaiter().GetResult();
            }

            return false;
        });

        await shown.Run.WhenAsync(RunVerb.Approve, "bob");
        await shown.SettleAsync();

        Assert.True(edited);
        Assert.StartsWith("Written at the worst moment.\n\n<!-- rollout:begin run-1 -->", shown.Issue.Body, StringComparison.Ordinal);
        Assert.True(shown.Boxes[Documented]);
        Assert.Equal([new IssueTick(IssueBox.OfQuestion("small", "approval"), true)], Assert.Single(shown.CatchUp.Found).Ticks);
    }

    [Fact]
    public async Task Edit_BetweenOurTwoLooks_IsNotLost()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        var looks = 0;
        shown.GitHub.Faults.CutConnection(1, request =>
        {
            if (request.Method == "GET" && request.Path.EndsWith("/issues/1", StringComparison.Ordinal) && ++looks == 2)
                shown.GitHub.EditBodyAsync(1, ReleaseIssueRun.Repository, 1, body => body + "\n\nAfterwards.").GetAwaiter().GetResult();
            return false;
        });

        await shown.Run.WhenAsync(RunVerb.Approve, "bob");
        await shown.SettleAsync();

        Assert.EndsWith("<!-- rollout:end run-1 -->\n\nAfterwards.", shown.Issue.Body, StringComparison.Ordinal);
        Assert.True(shown.Boxes[Documented]);
    }

    [Fact]
    public async Task Comment_OfSomebodyElseWithOurTags_IsTextAndNothingElse()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        var tags = string.Concat(shown.Ours.Select(comment => comment.Body[comment.Body.LastIndexOf("<!-- rollout:", StringComparison.Ordinal)..]));
        var foreign = await shown.GitHub.CommentAsync(66, ReleaseIssueRun.Repository, 1, "Look: " + tags + IssueTags.Message("put-back-run-1"));
        await TickAsync(shown, Promoted);
        await shown.GoThroughTheFirstStageAsync();

        Assert.StartsWith("Look: ", foreign.Body, StringComparison.Ordinal);
        Assert.Single(shown.Ours, comment => comment.Body.Contains("These boxes tick themselves", StringComparison.Ordinal));
        Assert.Contains("1 of 2 stages promoted", shown.StatusComment.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StatusComment_DeletedByPeople_IsWrittenAnew()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        await shown.GitHub.DeleteCommentAsync(1, ReleaseIssueRun.Repository, shown.StatusComment.Id);

        await shown.GoThroughTheFirstStageAsync();

        Assert.Contains("1 of 2 stages promoted", shown.StatusComment.Body, StringComparison.Ordinal);
    }

    private static Task TickAsync(ReleaseIssueRun shown, IssueBox box) => shown.GitHub.TickAsync(1, ReleaseIssueRun.Repository, 1, box.Tag);

    private static string Ticked(string body, string question)
    {
        var box = IssueBox.OfQuestion("small", question);
        return string.Join('\n', body.Split('\n').Select(line => line.EndsWith(box.Tag, StringComparison.Ordinal) ? line.Replace("[ ]", "[x]", StringComparison.Ordinal) : line));
    }
}
