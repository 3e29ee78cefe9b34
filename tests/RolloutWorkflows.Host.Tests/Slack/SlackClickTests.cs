using System.Text.Json.Nodes;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Slack;

/// <summary>Buttons and dialogs, from the click to the run's record.</summary>
public sealed class SlackClickTests
{
    [Fact]
    public async Task Approve_ByButtonAndDialog_CountsWithWhoWhyAndWhichWay()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, question) = await scene.AskAsync();
        var view = await scene.OpenAsync(SlackScene.Grace, await scene.PostAsync(runId, question.ApprovalId), SlackButton.Approve);

        var answer = await scene.SubmitAsync(view, "figures are fine");

        Assert.Equal((200, ""), (answer.Status, answer.Body));
        var done = await scene.Host.WaitForAsync(runId, details => details.Run.State == RunState.Succeeded, "success");
        var accepted = Assert.Single(done.Timeline, entry => entry.Kind == RunLogKind.CommandAccepted);
        Assert.Equal(("grace", "figures are fine", "slack"), (accepted.Actor, accepted.Reason, accepted.Data?.GetProperty("via").GetString()));
        Assert.Contains("*Accepted:* approve by grace", Assert.Single(await scene.ToldAsync(SlackScene.Grace)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dialog_OfAnApproval_ShowsWhatIsApprovedAndNamesItExactly()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, question) = await scene.AskAsync();

        var view = await scene.OpenAsync(SlackScene.Grace, await scene.PostAsync(runId, question.ApprovalId), SlackButton.Approve);

        var text = SlackScene.TextOf(view);
        Assert.Contains(question.ApprovalId, text, StringComparison.Ordinal);
        Assert.Contains("0 of 1 have approved; asked: grace, linus", text, StringComparison.Ordinal);
        Assert.NotEmpty(question.Shown.Lines);
        Assert.All(question.Shown.Lines, line => Assert.Contains(SlackText.Escape(line), text, StringComparison.Ordinal));
        // What others wrote is shown, and never obeyed.
        Assert.Contains("A &lt;b&gt;voted&lt;/b&gt; rollout", text, StringComparison.Ordinal);
        Assert.True((bool?)Input(view)["optional"]);
    }

    [Fact]
    public async Task Dialog_OfARollback_ShowsWhatWouldBeUndoneAndNeedsAReason()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, question) = await scene.AskAsync();
        var view = await scene.OpenAsync(SlackScene.Grace, await scene.PostAsync(runId, question.ApprovalId), SlackButton.Rollback);
        Assert.Contains("Goes back to start", SlackScene.TextOf(view), StringComparison.Ordinal);
        Assert.Contains("bar", SlackScene.TextOf(view), StringComparison.Ordinal);
        Assert.False((bool?)Input(view)["optional"]);

        Assert.Contains("Say why", (string?)(await scene.SubmitAsync(view, "  ")).Json!["errors"]!["reason"], StringComparison.Ordinal);
        Assert.Equal("", (await scene.SubmitAsync(view, "errors rise")).Body);

        var back = await scene.Host.WaitForAsync(runId, details => details.Run.State == RunState.RolledBack, "rolled back");
        Assert.Equal("errors rise", Assert.Single(back.Timeline, entry => entry.Kind == RunLogKind.CommandAccepted).Reason);
    }

    [Fact]
    public async Task Hold_ByButtonAndDialog_HoldsTheRun()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, question) = await scene.AskAsync();
        var view = await scene.OpenAsync(SlackScene.Linus, await scene.PostAsync(runId, question.ApprovalId), SlackButton.Hold);

        await scene.SubmitAsync(view, null);

        await scene.Host.WaitForAsync(runId, details => details.Run.State == RunState.Holding, "holding");
    }

    [Fact]
    public async Task Reject_WithoutAReason_IsAnsweredInTheDialogAndNothingIsRecorded()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, question) = await scene.AskAsync();
        var view = await scene.OpenAsync(SlackScene.Grace, await scene.PostAsync(runId, question.ApprovalId), SlackButton.Reject);
        var before = (await scene.Host.DetailsAsync(runId)).Timeline.Count;

        foreach (var reason in (string?[])[null, "", " \n\t", new string('x', WrittenText.MaximumReason + 1), "a\u0007b", "rwk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
        {
            var answer = await scene.SubmitAsync(view, reason);
            Assert.Equal((200, "errors"), (answer.Status, (string?)answer.Json!["response_action"]));
            Assert.False(string.IsNullOrEmpty((string?)answer.Json!["errors"]!["reason"]));
        }

        var after = await scene.Host.DetailsAsync(runId);
        Assert.Equal(before, after.Timeline.Count);
        Assert.Empty(Assert.Single(after.Run.OpenApprovals).Votes);
    }

    [Fact]
    public async Task Click_ReplayedTenTimes_OpensOneDialogAndItsDialogSentTenTimesCountsOnce()
    {
        await using var scene = await SlackScene.StartAsync(needed: 2);
        var (runId, question) = await scene.AskAsync();
        var message = await scene.PostAsync(runId, question.ApprovalId);
        var click = scene.Slack.ClickOf(SlackScene.Grace, message, SlackButton.Approve);

        var clicks = await Task.WhenAll(Enumerable.Range(0, 10).Select(retry => scene.Slack.SendAsync("interactive", click, scene.ToInteractions with { RetryNum = retry == 0 ? null : retry })));
        var view = await scene.Slack.WaitForAsync(slack => slack.Views.Count > 0 ? slack.Views[0] : null);
        await scene.SettleAsync();
        Assert.All(clicks, answer => Assert.Equal((200, ""), (answer.Status, answer.Body)));
        Assert.Single(scene.Slack.Views);
        Assert.Empty(scene.Slack.Responses);

        var submission = scene.Slack.SubmissionOf(view, new Dictionary<string, string?> { ["reason/reason"] = "fine" });
        var submissions = await Task.WhenAll(Enumerable.Range(0, 10).Select(retry => scene.Slack.SendAsync("interactive", submission, scene.ToInteractions with { RetryNum = retry == 0 ? null : retry })));

        Assert.All(submissions, answer => Assert.Equal((200, ""), (answer.Status, answer.Body)));
        var after = await scene.Host.DetailsAsync(runId);
        Assert.Equal("grace", Assert.Single(Assert.Single(after.Run.OpenApprovals).Votes).Person);
        Assert.Single(after.Timeline, entry => entry.Kind == RunLogKind.CommandAccepted);
    }

    [Fact]
    public async Task Approve_ByTwoPeopleByButtonAtTheSameMoment_CountsBoth()
    {
        await using var scene = await SlackScene.StartAsync(needed: 2);
        var (runId, question) = await scene.AskAsync();
        var message = await scene.PostAsync(runId, question.ApprovalId);
        var views = await Task.WhenAll(scene.OpenAsync(SlackScene.Grace, message, SlackButton.Approve), scene.OpenAsync(SlackScene.Linus, message, SlackButton.Approve));

        var answers = await Task.WhenAll(views.Select(view => scene.SubmitAsync(view, "go")));

        Assert.All(answers, answer => Assert.Equal((200, ""), (answer.Status, answer.Body)));
        var done = await scene.Host.WaitForAsync(runId, details => details.Run.State == RunState.Succeeded, "success");
        Assert.Contains(done.Timeline, entry => entry.Kind == RunLogKind.ApprovalDecided && entry.Message.Contains("approved by", StringComparison.Ordinal) && entry.Message.Contains("grace", StringComparison.Ordinal) && entry.Message.Contains("linus", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Click_AfterTheDecision_OpensNoDialogAndSaysWhatWasDecidedByWhomAndWhen()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, question) = await scene.AskAsync();
        var message = await scene.PostAsync(runId, question.ApprovalId);
        using (await scene.Host.CommandAsync(runId, "approve", new { @as = "grace", reason = "looks <good>", approvalId = question.ApprovalId })) { }
        var decided = (await scene.Host.WaitForAsync(runId, details => details.Run.State == RunState.Succeeded, "success")).Timeline.Single(entry => entry.Kind == RunLogKind.ApprovalDecided);

        var answer = await scene.Slack.ClickAsync(SlackScene.Linus, message, SlackButton.Approve, scene.ToInteractions);

        Assert.Equal((200, ""), (answer.Status, answer.Body));
        var told = Assert.Single(await scene.ToldAsync(SlackScene.Linus));
        Assert.Contains("decided already", told, StringComparison.Ordinal);
        Assert.Contains("approved by grace", told, StringComparison.Ordinal);
        Assert.Contains("by http", told, StringComparison.Ordinal);
        Assert.Contains("looks &lt;good&gt;", told, StringComparison.Ordinal);
        Assert.Contains(SlackText.Date(decided.At), told, StringComparison.Ordinal);
        Assert.Empty(scene.Slack.Views);
    }

    [Fact]
    public async Task Submission_AfterTheDecision_IsRefusedAndSaysWhy()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, question) = await scene.AskAsync();
        var view = await scene.OpenAsync(SlackScene.Linus, await scene.PostAsync(runId, question.ApprovalId), SlackButton.Reject);
        using (await scene.Host.CommandAsync(runId, "approve", new { @as = "grace", approvalId = question.ApprovalId })) { }
        await scene.Host.WaitForAsync(runId, details => details.Run.State == RunState.Succeeded, "success");

        await scene.SubmitAsync(view, "too late");

        Assert.Contains("*Refused:*", Assert.Single(await scene.ToldAsync(SlackScene.Linus)), StringComparison.Ordinal);
        Assert.Equal(RunState.Succeeded, (await scene.Host.DetailsAsync(runId)).Run.State);
    }

    [Fact]
    public async Task Approve_ByTheStarter_IsRefusedByTheRun()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, question) = await scene.AskAsync();
        var view = await scene.OpenAsync(SlackScene.Ada, await scene.PostAsync(runId, question.ApprovalId), SlackButton.Approve);

        await scene.SubmitAsync(view, "mine");

        Assert.Contains("ada started the run and has no vote", Assert.Single(await scene.ToldAsync(SlackScene.Ada)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Click_ByAStranger_IsToldTheIdentityAndRecordedOnce()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, question) = await scene.AskAsync();
        var click = scene.Slack.ClickOf(SlackScene.Stranger, await scene.PostAsync(runId, question.ApprovalId), SlackButton.Approve);

        for (var delivery = 0; delivery < 3; delivery++) await scene.Slack.SendAsync("interactive", click, scene.ToInteractions);

        Assert.Contains($"{scene.Slack.Team}/{SlackScene.Stranger}", Assert.Single(await scene.ToldAsync(SlackScene.Stranger)), StringComparison.Ordinal);
        await scene.SettleAsync();
        var after = await scene.Host.DetailsAsync(runId);
        Assert.Contains($"slack {scene.Slack.Team}/{SlackScene.Stranger}", Assert.Single(after.Timeline, entry => entry.Kind == RunLogKind.CommandRefused).Actor, StringComparison.Ordinal);
        Assert.Empty(scene.Slack.Views);
        Assert.Empty(Assert.Single(after.Run.OpenApprovals).Votes);
    }

    [Fact]
    public async Task Submission_BySomebodyElseThanTheOpener_CountsAsThem()
    {
        await using var scene = await SlackScene.StartAsync(needed: 2);
        var (runId, question) = await scene.AskAsync();
        var view = await scene.OpenAsync(SlackScene.Grace, await scene.PostAsync(runId, question.ApprovalId), SlackButton.Approve);

        await scene.SubmitAsync(view, "as a stranger", user: SlackScene.Stranger);

        await scene.Host.WaitForAsync(runId, details => details.Timeline.Any(entry => entry.Kind == RunLogKind.CommandRefused), "a refusal");
        Assert.Empty(Assert.Single((await scene.Host.DetailsAsync(runId)).Run.OpenApprovals).Votes);
    }

    [Theory]
    [InlineData("expired_trigger_id", "three seconds")]
    [InlineData("internal_error", "did not open")]
    public async Task Click_WhoseDialogDoesNotOpen_SaysSoAndTheOtherWay(string error, string expected)
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, question) = await scene.AskAsync();
        var message = await scene.PostAsync(runId, question.ApprovalId);
        scene.Slack.Refuse(error, "views.open");

        await scene.Slack.ClickAsync(SlackScene.Grace, message, SlackButton.Approve, scene.ToInteractions);

        var told = Assert.Single(await scene.ToldAsync(SlackScene.Grace));
        Assert.Contains(expected, told, StringComparison.Ordinal);
        Assert.Contains($"/rollout approve {runId}", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Click_WithAnAnswerAddressThatIsNotSlacks_IsAnsweredInTheChannelInstead()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, _) = await scene.AskAsync();
        await using var elsewhere = await FakeSlack.StartAsync();

        await scene.Slack.ClickAsync(SlackScene.Grace, await scene.PostAsync(runId, $"{runId}/some/1/000000000000"), SlackButton.Approve, scene.ToInteractions with { ResponseUrl = new Uri(elsewhere.Address, "/hooks/T0/1") });

        var told = await scene.Slack.WaitForAsync(slack => slack.Ephemerals.Count > 0 ? slack.Ephemerals[0] : null);
        Assert.Equal((SlackScene.Channel, SlackScene.Grace), (told.Channel, told.User));
        Assert.Contains("is not open", told.Text, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Responses);
    }

    [Fact]
    public async Task Click_ForARunThatIsNotThere_SaysSo()
    {
        await using var scene = await SlackScene.StartAsync();

        await scene.Slack.ClickAsync(SlackScene.Grace, await scene.PostAsync("voted-20260101-0000", null), SlackButton.Hold, scene.ToInteractions);

        Assert.Contains("No rollout has the id", Assert.Single(await scene.ToldAsync(SlackScene.Grace)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Click_OnTheRunsHold_WhereItWouldNotBeTaken_SaysWhatWould()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, question) = await scene.AskAsync();
        using (await scene.Host.CommandAsync(runId, "approve", new { @as = "grace", approvalId = question.ApprovalId })) { }
        await scene.Host.WaitForAsync(runId, details => details.Run.State == RunState.Succeeded, "success");

        await scene.Slack.ClickAsync(SlackScene.Grace, await scene.PostAsync(runId, null), SlackButton.Hold, scene.ToInteractions);

        Assert.Contains("It accepts rollback", Assert.Single(await scene.ToldAsync(SlackScene.Grace)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submission_AnsweredWith200_StandsAfterTheServerStoppedAtOnce()
    {
        var slack = await FakeSlack.StartAsync();
        var first = await SlackScene.StartAsync(needed: 2, slack: slack);
        var (runId, question) = await first.AskAsync();
        var view = await first.OpenAsync(SlackScene.Grace, await first.PostAsync(runId, question.ApprovalId), SlackButton.Approve);
        Assert.Equal(200, (await first.SubmitAsync(view, "before the end")).Status);
        await first.Host.StopAsync();

        await using var second = await SlackScene.StartAsync(needed: 2, slack: slack, folder: first.Host.Folder);

        var after = await second.Host.WaitForAsync(runId, details => details.Run.OpenApprovals is [{ Votes.Count: 1 }], "the vote");
        Assert.Equal("before the end", after.Run.OpenApprovals[0].Votes[0].Reason);
        // The same dialog, sent again to the new server, is the same answer.
        Assert.Equal(200, (await second.SubmitAsync(view, "before the end")).Status);
        Assert.Single((await second.Host.DetailsAsync(runId)).Timeline, entry => entry.Kind == RunLogKind.CommandAccepted);
    }

    private static JsonObject Input(FakeSlackView view) => view.View["blocks"]!.AsArray().OfType<JsonObject>().Single(block => (string?)block["type"] == "input");
}
