using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests.PeopleInTheLoop;

/// <summary>GitHub and Slack fail for hours in the middle of a run: the run goes on without them, and both catch up.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task BothDownForHours_TheRunGoesOnAndRollsBackAtOnce_AndBothShowEverythingOnceInOrderAfterwards()
    {
        await using var shown = await EverywhereRun.StartAsync();
        shown.BothGoAway();

        await shown.GoThroughTheFirstStageAsync();
        await shown.PassAsync(3);
        await shown.Run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(100, await shown.Run.PercentAsync("checkout"));
        shown.ErrorsRise();
        await shown.PassAsync(1.1);

        await ThenRolledBackInTimeAsync(shown);
        Assert.Empty(shown.Told);
        Assert.Empty(shown.Replies);
        await shown.PassAsync(6);
        shown.BothComeBack();
        await shown.PassAsync(0.5);

        ThenBothShowTheRollback(shown);
    }

    [Fact]
    public async Task BothFailInEveryManner_TheRunGoesOn_AndNothingStandsTwiceOrOutOfOrder()
    {
        await using var shown = await EverywhereRun.StartAsync();
        var trouble = 0;
        for (var hour = 0; hour < 24; hour++)
        {
            MakeTrouble(shown, trouble++);
            await shown.PassAsync(1);
        }

        await shown.GoThroughTheFirstStageAsync();
        for (var minute = 0; minute < 12; minute++)
        {
            MakeTrouble(shown, trouble++);
            await shown.PassAsync(0.02);
        }

        shown.ErrorsRise();
        MakeTrouble(shown, trouble);
        await shown.PassAsync(1.1);
        await ThenRolledBackInTimeAsync(shown);
        shown.BothComeBack();
        await shown.PassAsync(2);

        ThenBothShowTheRollback(shown);
    }

    [Fact]
    public async Task Server_RestartsWhileBothAreDown_ForgetsAndRepeatsNothing()
    {
        await using var shown = await EverywhereRun.StartAsync();
        shown.BothGoAway();
        await shown.GoThroughTheFirstStageAsync();
        shown.ErrorsRise();
        await shown.PassAsync(1.1);

        await shown.Run.WhenTheServerRestartsAsync();
        await shown.PassAsync(2);
        shown.BothComeBack();
        await shown.PassAsync(0.5);

        ThenBothShowTheRollback(shown);
    }

    private static void MakeTrouble(EverywhereRun shown, int kind)
    {
        switch (kind % 4)
        {
            case 0:
                shown.GitHub.Faults.ServerError(times: 3);
                shown.Slack.Fail(times: 3);
                break;
            case 1:
                shown.GitHub.Faults.SecondaryLimit(retryAfter: TimeSpan.FromMinutes(10));
                shown.Slack.RateLimit(seconds: 600);
                break;
            case 2:
                shown.GitHub.Faults.LoseAnswer(times: 2, when: request => request.Method is "POST" or "PATCH");
                shown.Slack.LoseAnswer(times: 2);
                break;
            default:
                shown.GitHub.Faults.CutConnection(times: 3);
                shown.Slack.Fail(status: 500, times: 2);
                break;
        }
    }

    /// <summary>Neither place was asked before the run went back.</summary>
    private static async Task ThenRolledBackInTimeAsync(EverywhereRun shown)
    {
        await shown.Run.ThenStateIsAsync(RunState.RolledBack);
        Assert.NotEqual(100, await shown.Run.PercentAsync("checkout"));
        Assert.NotEqual(10, await shown.Run.PercentAsync("checkout"));
        var record = await shown.Run.RecordAsync();
        var (started, finished) = (record.Single(entry => entry.Kind == RunLogKind.RollbackStarted), record.Single(entry => entry.Kind == RunLogKind.RollbackFinished));
        Assert.InRange(finished.At - started.At, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    private static void ThenBothShowTheRollback(EverywhereRun shown)
    {
        Assert.Contains("RolledBack", shown.Status, StringComparison.Ordinal);
        Assert.False(IssueBody.Parse("run-1", shown.Issue.Body)[IssueBox.OfStep("all", "steps", "percentage")]);
        Assert.Collection(
            shown.Told,
            asked => Assert.Equal("### 🗳️ small: `approval` is asked", asked),
            decided => Assert.Equal("### ✅ small: approval: approved by bob, cyn", decided),
            promoted => Assert.Equal("### ✅ small is promoted", promoted),
            going => Assert.StartsWith("### ⏪ Rolling back to start", going, StringComparison.Ordinal),
            gone => Assert.StartsWith("### ⏪ Rolled back to start", gone, StringComparison.Ordinal));
        Assert.Contains("*Rolled back*", shown.Header.Shown, StringComparison.Ordinal);
        Assert.All(shown.Replies, reply => Assert.Empty(reply.Buttons));
        var said = shown.Replies.Select(reply => reply.Shown).ToList();
        Assert.Equal(said, said.Distinct());
        Assert.Collection(
            // Reminders that a run that was rolled back waits for people come as long as it waits.
            said.Where(text => !text.StartsWith(":bell:", StringComparison.Ordinal)),
            asked => Assert.Contains("*approved* by bob, cyn (2 of 2)", asked, StringComparison.Ordinal),
            decided => Assert.StartsWith(":white_check_mark: small, approval: *approved* by bob, cyn", decided, StringComparison.Ordinal),
            promoted => Assert.StartsWith(":white_check_mark: *small is promoted.*", promoted, StringComparison.Ordinal),
            going => Assert.StartsWith(":rewind: *Rolling back to start", going, StringComparison.Ordinal),
            gone => Assert.StartsWith(":rewind: *Rolled back", gone, StringComparison.Ordinal));
    }
}
