using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>A run in its thread: what appears, and what becomes of it.</summary>
public sealed class SlackThreadTests
{
    [Fact]
    public async Task Thread_ARunGoesToItsEnd_IsOneHeaderEditedInPlaceAndRepliesForWhatMatters()
    {
        await using var rig = await SlackThreadRig.StartAsync();
        Assert.Contains("*Soaking*", rig.Header.Shown, StringComparison.Ordinal);
        Assert.Contains("*0 of 2 stages*\n:arrow_forward: small, One in ten\n:white_small_square: all", rig.Header.Shown, StringComparison.Ordinal);
        Assert.Contains("*In force:* flag:checkout: 10 %", rig.Header.Shown, StringComparison.Ordinal);
        await rig.PassAsync(24.5);
        await rig.Run.WhenAsync(RunVerb.Approve, "bob", "looks good");
        await rig.Run.WhenAsync(RunVerb.Approve, "cyn");
        await rig.PassAsync(26);
        await rig.Run.ThenStateIsAsync(RunState.Succeeded);

        Assert.Collection(
            rig.Said,
            asked => Assert.StartsWith(":white_check_mark: *approved* by bob, cyn (2 of 2)", asked[(asked.IndexOf(": ", StringComparison.Ordinal) + 2)..], StringComparison.Ordinal),
            decided => Assert.Equal(":white_check_mark: small, approval: *approved* by bob, cyn (2 of 2)", decided),
            promoted => Assert.Equal(":white_check_mark: *small is promoted.* :checkered_flag: Milestone M1: one in ten is reached. Next: all.", promoted),
            promoted => Assert.Equal(":white_check_mark: *all is promoted.* It was the last stage.", promoted),
            ended => Assert.Equal(":checkered_flag: *The rollout has ended.* Succeeded: every stage is promoted", ended));
        Assert.Contains(":white_check_mark: *New checkout*\n*Succeeded*", rig.Header.Shown, StringComparison.Ordinal);
        Assert.Contains("*2 of 2 stages*", rig.Header.Shown, StringComparison.Ordinal);
        // What it changed can be taken back for as long as nobody else changes it.
        Assert.Equal(["rollout.rollback"], rig.Header.Buttons);
    }

    [Fact]
    public async Task Header_NothingChanged_IsNotSentAgain()
    {
        await using var rig = await SlackThreadRig.StartAsync();
        await rig.PassAsync(1);
        var edits = rig.Header.Edits;
        await rig.PassAsync(10);

        Assert.Equal(edits, rig.Header.Edits);
        Assert.Equal(["rollout.hold", "rollout.rollback"], rig.Header.Buttons);
    }

    [Fact]
    public async Task Question_WhileItIsOpen_MentionsWhoIsAskedAndCountsRealVotes()
    {
        await using var rig = await SlackThreadRig.StartAsync();
        await rig.PassAsync(24.5);
        var asked = Assert.Single(rig.Replies);
        Assert.Contains("*0 of 2*\nAsked: <@U0BOB>, cyn, dan", asked.Shown, StringComparison.Ordinal);
        Assert.True(asked.Broadcast);
        Assert.Equal(["rollout.approve", "rollout.reject", "rollout.hold", "rollout.rollback"], asked.Buttons);
        var button = SlackButton.Read((string?)asked.Blocks!.Last(block => (string?)block!["type"] == "actions")!["elements"]![0]!["value"]);
        Assert.Equal(Assert.Single((await rig.Run.StatusAsync()).OpenApprovals).ApprovalId, button!.ApprovalId);

        await rig.Run.WhenAsync(RunVerb.Approve, "bob", "looks good");
        var standing = Assert.Single(rig.Replies);
        Assert.Contains("*1 of 2*: bob\nAsked: cyn, dan", standing.Shown, StringComparison.Ordinal);
        Assert.Equal(4, standing.Buttons.Count);
        Assert.Contains("1 of 2", rig.Header.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_OnceDecided_LosesItsButtonsAndSaysWhoWhenHowAndWhy()
    {
        await using var rig = await SlackThreadRig.StartAsync();
        await rig.PassAsync(24.5);
        await rig.Run.WhenAsync(RunVerb.Reject, "bob", "errors <!channel> & doubts");

        var question = rig.Replies[0];
        Assert.Empty(question.Buttons);
        Assert.Contains(":x: *rejected* by bob (0 of 2), <!date^", question.Shown, StringComparison.Ordinal);
        Assert.Contains("• bob: no, by test, <!date^", question.Shown, StringComparison.Ordinal);
        Assert.Contains(": “errors &lt;!channel&gt; &amp; doubts”", question.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_ItsStageEndsWithoutAnAnswer_LosesItsButtons()
    {
        await using var rig = await SlackThreadRig.StartAsync();
        await rig.PassAsync(24.5);
        await rig.Run.WhenAsync(RunVerb.Rollback, "bob", "no");
        await rig.PassAsync(1);

        Assert.Empty(rig.Replies[0].Buttons);
        Assert.Contains("it is no longer open", rig.Replies[0].Shown, StringComparison.Ordinal);
        Assert.Contains(rig.Replies, reply => reply.Broadcast && reply.Shown.StartsWith(":rewind: *Rolling back to start", StringComparison.Ordinal));
        Assert.Contains(rig.Replies, reply => reply.Broadcast && reply.Shown.StartsWith(":rewind: *Rolled back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Question_ThatBecameVoid_SaysSoAndLosesItsButtons()
    {
        await using var rig = await SlackThreadRig.StartAsync();
        await rig.PassAsync(24.5);
        var run = await rig.ViewAsync();
        var open = Assert.Single(run.Status.OpenApprovals);
        var line = new RunLogEntry
        {
            EntryId = "void",
            RunId = run.RunId,
            At = run.Now,
            PlaybookTime = run.Now,
            Kind = RunLogKind.ApprovalVoided,
            Stage = "small",
            Actor = "rollout",
            Message = "approval: the open question is void, since errors was Passed, now Failed",
            Data = JsonSerializer.SerializeToElement(open, PlaybookJson.Options),
        };

        var message = Assert.Single(rig.Channel.MessagesOf(line, run));
        await rig.Channel.DeliverAsync(message, run, TestContext.Current.CancellationToken);
        await rig.Channel.DeliverAsync(message, run, TestContext.Current.CancellationToken);

        Assert.Empty(rig.Replies[0].Buttons);
        Assert.Contains(":wastebasket: void. Approval: the open question is void, since errors was Passed, now Failed", rig.Replies[0].Shown, StringComparison.Ordinal);
        Assert.Equal(":wastebasket: Approval: the open question is void, since errors was Passed, now Failed", Assert.Single(rig.Said.Skip(1)));
    }

    [Fact]
    public async Task Header_WhileItSoaks_SaysWhatRemainsAndWhenItPasses()
    {
        await using var rig = await SlackThreadRig.StartAsync();
        var run = await rig.ViewAsync() with
        {
            Soak = new SoakStatus
            {
                Stage = "small",
                Attempt = 1,
                StartedAt = rig.Run.Now,
                AsOf = rig.Run.Now,
                Needed = TimeSpan.FromHours(24),
                Counted = TimeSpan.FromHours(6),
                PassesAt = new DateTimeOffset(2026, 3, 3, 8, 59, 30, TimeSpan.Zero),
            },
        };

        Assert.Equal(DeliveryOutcome.Delivered, (await rig.Channel.RefreshAsync(run, TestContext.Current.CancellationToken)).Outcome);

        Assert.Contains("*Soak of small:* passes <!date^1772528400^{date_short_pretty} {time}|2026-03-03 09:00 UTC> if nothing breaches, 18h of ", rig.Header.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reminder_NobodyAnswers_StandsInTheThreadAndMentionsThem()
    {
        await using var rig = await SlackThreadRig.StartAsync();
        await rig.PassAsync(24.5);
        await rig.Run.WhenAsync(RunVerb.Approve, "dan");
        await rig.PassAsync(3);
        // Dan's word says that somebody is at it, so the question is not called for again.
        Assert.DoesNotContain(rig.Said, said => said.StartsWith(":bell:", StringComparison.Ordinal));

        await using var silent = await SlackThreadRig.StartAsync();
        await silent.PassAsync(24.5);
        await silent.PassAsync(1.2);
        var reminder = Assert.Single(silent.Replies, reply => reply.Shown.StartsWith(":bell:", StringComparison.Ordinal));
        Assert.StartsWith(":bell: <@U0BOB>, cyn, dan: Reminder 1, nobody has answered since", reminder.Shown, StringComparison.Ordinal);
        Assert.True(reminder.Broadcast);
    }

    [Fact]
    public async Task Guardrail_NotifiesAPersonWithASlackIdentity_MentionsThemInTheThread()
    {
        var playbook = SlackThreadRig.Playbook.Replace("onFailed: hold }", "onFailed: hold, notify: [ada, dan] }", StringComparison.Ordinal);
        await using var rig = await SlackThreadRig.StartAsync(playbook, metrics: metrics => metrics.Say("errors", _ => MetricReading.Of(0.2)));
        await rig.PassAsync(5);
        await rig.Run.ThenStateIsAsync(RunState.Holding);

        Assert.Contains(rig.Replies, reply => reply.Broadcast && reply.Shown.StartsWith(":double_vertical_bar: *The rollout holds:* guardrail errors", StringComparison.Ordinal));
        Assert.Contains(rig.Said, said => said.StartsWith(":mega: <@U0ADA>, dan: run-1 holds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Slack_DownForHoursInTheMiddleOfARun_CatchesUpOnceAndWithThePresentState()
    {
        await using var rig = await SlackThreadRig.StartAsync();
        await rig.PassAsync(1);
        rig.Slack.Down = true;
        await rig.PassAsync(23.5);
        await rig.Run.WhenAsync(RunVerb.Approve, "bob");
        await rig.Run.WhenAsync(RunVerb.Approve, "cyn");
        await rig.PassAsync(6);
        // The run does not care.
        await rig.Run.ThenStateIsAsync(RunState.Soaking);
        Assert.Empty(rig.Replies);

        rig.Slack.Down = false;
        await rig.PassAsync(0.2);
        Assert.Equal(3, rig.Said.Count);
        Assert.Empty(rig.Replies[0].Buttons);
        Assert.Contains("*approved* by bob, cyn", rig.Replies[0].Shown, StringComparison.Ordinal);
        Assert.Contains("*1 of 2 stages*", rig.Header.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_Lost_AreSettledByReadingBackAndNothingStandsTwice()
    {
        await using var rig = await SlackThreadRig.StartAsync(prepare: slack => slack.LoseAnswer("chat.postMessage"));
        await rig.PassAsync(1);
        Assert.Contains("*Soaking*", rig.Header.Shown, StringComparison.Ordinal);
        rig.Slack.LoseAnswer("chat.postMessage");
        await rig.PassAsync(23.5);
        rig.Slack.LoseAnswer("chat.postMessage", times: 2);
        rig.Slack.LoseAnswer("chat.update");
        await rig.Run.WhenAsync(RunVerb.Approve, "bob");
        await rig.Run.WhenAsync(RunVerb.Approve, "cyn");
        await rig.PassAsync(1);

        Assert.Equal(3, rig.Said.Count);
        Assert.Equal(rig.Said.Count, rig.Said.Distinct().Count());
        Assert.Contains("*approved* by bob, cyn", rig.Replies[0].Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_TooManyRequests_WaitAsLongAsSlackSays()
    {
        await using var rig = await SlackThreadRig.StartAsync();
        await rig.PassAsync(1);
        rig.Slack.RateLimit("chat.postMessage", seconds: 1800);
        await rig.PassAsync(23.2);
        Assert.Empty(rig.Replies);
        var tries = rig.Slack.Requests.Count(request => request.Method == "chat.postMessage");
        await rig.PassAsync(0.2);
        Assert.Equal(tries, rig.Slack.Requests.Count(request => request.Method == "chat.postMessage"));
        await rig.PassAsync(0.3);

        Assert.Single(rig.Replies);
    }

    [Fact]
    public async Task Server_Restarted_NeitherForgetsNorRepeats()
    {
        await using var rig = await SlackThreadRig.StartAsync();
        await rig.PassAsync(24.5);
        await rig.Run.WhenTheServerRestartsAsync();
        await rig.Run.WhenAsync(RunVerb.Approve, "bob");
        await rig.Run.WhenAsync(RunVerb.Approve, "cyn");
        await rig.Run.WhenTheServerRestartsAsync();
        await rig.PassAsync(0.1);

        Assert.Equal(3, rig.Said.Count);
        Assert.Empty(rig.Replies[0].Buttons);
    }

    [Fact]
    public async Task Channel_TheAppIsNotThere_IsSaidWithWhatToDoAndHeldAgainstNoRun()
    {
        await using var rig = await SlackThreadRig.StartAsync(prepare: slack => slack.SetMember("C0ROLLOUT", member: false));
        await rig.PassAsync(24.5);
        await rig.Run.ThenStateIsAsync(RunState.AwaitingApproval);

        var parked = Assert.Single(await rig.Run.OutboxStore.ListAsync(new OutboxQuery { State = OutboxState.Parked }, TestContext.Current.CancellationToken));
        Assert.Contains("not_in_channel: the app is not in the channel; invite it there with /invite", parked.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thread_DeletedInSlack_BeginsAgain()
    {
        await using var rig = await SlackThreadRig.StartAsync();
        await rig.PassAsync(1);
        rig.Slack.Delete(rig.Header);
        await rig.PassAsync(23.5);

        Assert.Contains("*Awaiting approval*", rig.Header.Shown, StringComparison.Ordinal);
        Assert.Single(rig.Replies);
    }

    [Fact]
    public async Task Texts_FromOutside_MentionNobodyAndHideNothing()
    {
        var playbook = SlackThreadRig.Playbook
            .Replace("title: New checkout", "title: \"<!channel> & <https://evil.example|good> @here\"", StringComparison.Ordinal)
            .Replace("title: One in ten", "title: \"<@U0BOB>\"", StringComparison.Ordinal);
        await using var rig = await SlackThreadRig.StartAsync(playbook);
        await rig.PassAsync(24.5);
        await rig.Run.WhenAsync(RunVerb.Reject, "bob", "<!everyone> <@U0ADA> @channel");
        await rig.PassAsync(1);

        Assert.All(rig.Slack.Messages, message =>
        {
            var everything = $"{message.Text}\n{message.Shown}";
            Assert.DoesNotContain("<!channel", everything, StringComparison.Ordinal);
            Assert.DoesNotContain("<!everyone", everything, StringComparison.Ordinal);
            Assert.DoesNotContain("<https://evil", everything, StringComparison.Ordinal);
            Assert.DoesNotContain("<@U0ADA>", everything.Replace("Asked: <@U0ADA>", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("@here", everything, StringComparison.Ordinal);
            Assert.DoesNotContain("@channel", everything, StringComparison.Ordinal);
        });
        Assert.Contains("*&lt;!channel&gt; &amp; &lt;https://evil.example|good&gt; @\u200bhere*", rig.Header.Shown, StringComparison.Ordinal);
        Assert.Contains("small, &lt;@U0BOB&gt;", rig.Header.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audience_ASlackChannel_IsToldOnceHoweverOftenAnswersAreLost()
    {
        var playbook = SlackThreadRig.Playbook
            .Replace("slack: { channel: C0ROLLOUT } }", "slack: { channel: C0ROLLOUT }, customers: { slack: C0NEWS } }", StringComparison.Ordinal)
            .Replace("percent: 10 } } ]", "percent: 10 } }, { uses: announce, with: { to: [customers], text: \"One in ten has it. @here\" } } ]", StringComparison.Ordinal);
        await using var rig = await SlackThreadRig.StartAsync(playbook, prepare: slack =>
        {
            slack.AddChannel("C0NEWS");
            slack.LoseAnswer("chat.postMessage", times: 2);
        });
        await rig.PassAsync(1);

        var told = Assert.Single(rig.Slack.Messages, message => message.Channel == "C0NEWS");
        Assert.Equal("One in ten has it. @\u200bhere", told.Shown);
    }
}
