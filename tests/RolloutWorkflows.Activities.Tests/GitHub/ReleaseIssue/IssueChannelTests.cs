using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests.GitHub.ReleaseIssue;

/// <summary>A run is shown in one issue of its own, once, to its end, however often it must be tried.</summary>
public sealed class IssueChannelTests
{
    private static readonly IssueBox Documented = IssueBox.OfQuestion("small", "documented");

    [Fact]
    public async Task Run_AsItStarts_HasItsIssueStatusAndQuestion()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();

        Assert.Equal("New checkout (run-1)", shown.Issue.Title);
        Assert.Equal(["production", "rollout"], shown.Issue.Labels.Order());
        Assert.False(shown.Boxes[Documented]);
        Assert.Contains("AwaitingApproval", shown.StatusComment.Body, StringComparison.Ordinal);
        Assert.Contains("Waits for 1 more of bob, cyn", shown.StatusComment.Body, StringComparison.Ordinal);
        Assert.Equal(["### 🗳️ small: `documented` is asked"], shown.Told);
        Assert.Contains($"#issuecomment-{shown.StatusComment.Id}", shown.Issue.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ToItsEnd_TicksItsBoxesAndTellsWhatPeopleMustNotice()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        await shown.GoThroughTheFirstStageAsync();
        await shown.Run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await shown.Run.ThenStateIsAsync(RunState.Succeeded);
        await shown.SettleAsync();

        Assert.All(shown.Boxes, box => Assert.True(box.Value, box.Key.ToString()));
        Assert.Contains("Succeeded", shown.StatusComment.Body, StringComparison.Ordinal);
        Assert.Contains("checkout: 100 %", shown.StatusComment.Body, StringComparison.Ordinal);
        Assert.Equal(
            [
                "### 🗳️ small: `documented` is asked", "### ✅ small: documented: approved by bob", "### 🗳️ small: `approval` is asked", "### ✅ small: approval: approved by bob, cyn",
                "### ✅ small is promoted", "### ✅ all is promoted",
            ],
            shown.Told);
        Assert.StartsWith("> This was decided", shown.Ours.First(comment => comment.Body.Contains("`approval` is asked", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vote_OfSeveralNeeded_StandsBesideTheOpenBox()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        await shown.Run.WhenAsync(RunVerb.Approve, "bob");
        await shown.Run.WhenTimePassesAsync(TimeSpan.FromHours(25));

        await shown.Run.WhenAsync(RunVerb.Approve, "cyn", "fine by me");
        await shown.SettleAsync();

        Assert.False(shown.Boxes[IssueBox.OfQuestion("small", "approval")]);
        Assert.Contains("so far cyn (test, “fine by me”): yes", shown.Issue.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/repos/web4/app/issues")]
    [InlineData("/comments")]
    public async Task Creation_ItsAnswerIsLost_StandsThereOnce(string path)
    {
        await using var shown = await ReleaseIssueRun.StartAsync(before: starting =>
        {
            starting.GitHub.Faults.LoseAnswer(2, request => request.Method == "POST" && request.Path.EndsWith(path, StringComparison.Ordinal));
            return Task.CompletedTask;
        });
        await shown.Run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));

        Assert.Single(shown.App.Issues);
        Assert.Equal(["### 🗳️ small: `documented` is asked"], shown.Told);
        Assert.Equal(2, shown.Ours.Count());
    }

    [Fact]
    public async Task Edit_ItsAnswerIsLost_ShowsTheSameAfterTheNextTry()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        shown.GitHub.Faults.LoseAnswer(4, request => request.Method == "PATCH");

        await shown.GoThroughTheFirstStageAsync();
        await shown.Run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));

        Assert.True(shown.Boxes[IssueBox.OfStage("small")]);
        Assert.Contains("1 of 2 stages promoted", shown.StatusComment.Body, StringComparison.Ordinal);
        Assert.Equal(shown.Told.Distinct(), shown.Told);
        // What we ticked ourselves is not taken for somebody else's edit.
        Assert.DoesNotContain(shown.Told, text => text.StartsWith("### ↩️", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GitHub_DownForHoursInTheMiddleOfARun_DelaysTheIssueAndNotTheRun()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        shown.GitHub.Faults.Down = true;
        await shown.GoThroughTheFirstStageAsync();
        await shown.Run.WhenTimePassesAsync(TimeSpan.FromHours(3));
        await shown.Run.ThenStateIsAsync(RunState.Soaking);
        Assert.Single(shown.Told);

        shown.GitHub.Faults.Clear();
        await shown.Run.WhenTimePassesAsync(TimeSpan.FromMinutes(6));

        Assert.Contains("stage 2 of 2", shown.StatusComment.Body, StringComparison.OrdinalIgnoreCase);
        Assert.True(shown.Boxes[IssueBox.OfStage("small")]);
        Assert.Equal(
            [
                "### 🗳️ small: `documented` is asked", "### ✅ small: documented: approved by bob", "### 🗳️ small: `approval` is asked", "### ✅ small: approval: approved by bob, cyn",
                "### ✅ small is promoted",
            ],
            shown.Told);
    }

    [Fact]
    public async Task GitHub_AsksForPatience_IsNotAskedBefore()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        shown.GitHub.Faults.SecondaryLimit(retryAfter: TimeSpan.FromHours(1));
        await shown.Run.WhenAsync(RunVerb.Hold, "bob", "lunch");
        var asked = shown.GitHub.Requests.Count;

        await shown.Run.WhenTimePassesAsync(TimeSpan.FromMinutes(59));
        Assert.Equal(asked, shown.GitHub.Requests.Count);
        Assert.Single(shown.Told);

        await shown.Run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("### ⏸️ The rollout holds", shown.Told[^1]);
    }

    [Fact]
    public async Task Run_NothingHappens_WritesNothing()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        var writes = shown.Writes;

        await shown.Run.WhenTimePassesAsync(TimeSpan.FromHours(12));

        Assert.Equal(writes, shown.Writes);
    }

    [Fact]
    public async Task Run_ManyThingsHappenAtOnce_IsEditedOnceInTenSeconds()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        var edits = shown.GitHub.Requests.Count(request => request.Method == "PATCH");
        for (var number = 0; number < 20; number++) await shown.Run.WhenAsync(number % 2 == 0 ? RunVerb.Hold : RunVerb.Resume, "bob", "again");

        await shown.SettleAsync();

        Assert.InRange(shown.GitHub.Requests.Count(request => request.Method == "PATCH") - edits, 1, 6);
        Assert.Contains("AwaitingApproval", shown.StatusComment.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stage_ThatWaitsToBeDocumented_IsShownAtOnceHoweverShortlyTheIssueWasEdited()
    {
        await using var shown = await ReleaseIssueRun.StartAsync(ReleaseIssueRun.Playbook.Replace("  stages:\n", "  releaseIssue: { documentBeforeProceeding: true }\n  stages:\n", StringComparison.Ordinal));
        await shown.Run.WhenAsync(RunVerb.Hold, "bob", "a moment");
        await shown.Run.WhenAsync(RunVerb.Resume, "bob");

        await shown.Run.WhenAsync(RunVerb.Approve, "bob", "read it");

        await shown.Run.ThenStateIsAsync(RunState.Soaking);
        Assert.True(shown.Boxes[Documented]);
    }

    [Fact]
    public async Task Server_Restarts_ShowsNothingTwice()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        await shown.Run.WhenTheServerRestartsAsync();
        await shown.GoThroughTheFirstStageAsync();
        await shown.Run.WhenTheServerRestartsAsync();
        await shown.SettleAsync();

        Assert.Equal(shown.Told.Distinct(), shown.Told);
        Assert.True(shown.Boxes[Documented]);
    }

    [Fact]
    public async Task Rollback_IsToldWhenItStartsAndWhenItEnds()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        await shown.Run.WhenAsync(RunVerb.Approve, "bob");
        await shown.Run.WhenAsync(RunVerb.Rollback, "cyn", "complaints");
        await shown.SettleAsync();

        Assert.Equal("### ⏪ Rolling back to start: cyn asked for a rollback: complaints", shown.Told[^2]);
        Assert.StartsWith("### ⏪ Rolled back to start", shown.Told[^1], StringComparison.Ordinal);
        Assert.False(shown.Boxes[IssueBox.OfStep("small", "steps", "percentage")]);
        Assert.Contains("RolledBack", shown.StatusComment.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issue_Deleted_ParksTheMessagesAndSaysWhatToDo()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        shown.GitHub.Faults.ServerError(1_000, status: 410);

        await shown.Run.WhenAsync(RunVerb.Hold, "bob", "lunch");
        await shown.Run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));

        var parked = Assert.Single(await shown.Run.OutboxStore.ListAsync(new OutboxQuery { State = OutboxState.Parked }));
        Assert.Contains("web4/app#1 is gone or hidden from this server's account", parked.Problem, StringComparison.Ordinal);
        await shown.Run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Issue_Locked_ParksTheMessagesAndSaysWhatToDo()
    {
        await using var shown = await ReleaseIssueRun.StartAsync();
        shown.GitHub.Faults.ServerError(1_000, status: 403, when: request => request.Method == "POST");

        await shown.Run.WhenAsync(RunVerb.Hold, "bob", "lunch");
        await shown.Run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));

        var parked = Assert.Single(await shown.Run.OutboxStore.ListAsync(new OutboxQuery { State = OutboxState.Parked }));
        Assert.Contains("unlock the issue", parked.Problem, StringComparison.Ordinal);
    }
}
