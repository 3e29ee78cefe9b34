using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Quiet hours: what needs people at once is posted, the rest comes as a digest, and nothing is lost.</summary>
public sealed class SlackQuietHoursTests
{
    /// <summary>In Berlin from 16:00 to 08:00: from 15:00 to 07:00 UTC in winter.</summary>
    private static readonly SlackQuietHours Nights = SlackQuietHours.Of("Europe/Berlin", "16:00", "08:00", null);

    [Fact]
    public async Task Quiet_WhatCanWait_ComesAsOneDigestWhenItEnds()
    {
        await using var rig = await SlackThreadRig.StartAsync(quietHours: Nights);
        // Asked at 09:00 on Tuesday, decided at 15:30, in quiet hours.
        await rig.PassAsync(30.5);
        await rig.Run.WhenAsync(RunVerb.Approve, "bob");
        await rig.Run.WhenAsync(RunVerb.Approve, "cyn");
        await rig.PassAsync(10);
        // The question lost its buttons at once, since that disturbs nobody.
        Assert.Empty(rig.Replies[0].Buttons);
        var before = rig.Said.Count;
        Assert.DoesNotContain(rig.Said, said => said.Contains("is promoted", StringComparison.Ordinal));

        await rig.PassAsync(6);
        var digest = rig.Said[before];
        Assert.Equal(before + 1, rig.Said.Count);
        Assert.StartsWith(":crescent_moon: *What happened in quiet hours*", digest, StringComparison.Ordinal);
        Assert.Contains("small, approval: *approved* by bob, cyn (2 of 2)", digest, StringComparison.Ordinal);
        Assert.Contains("*small is promoted.*", digest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_AQuestionAndAHold_AreShownAtOnce()
    {
        // From 08:30 to 07:30 UTC the next day: nearly always.
        await using var rig = await SlackThreadRig.StartAsync(quietHours: SlackQuietHours.Of("UTC", "08:30", "07:30", null));
        // Not even the thread begins before.
        Assert.Empty(rig.Slack.Messages);
        await rig.PassAsync(1);
        await rig.Run.WhenAsync(RunVerb.Hold, "bob", "wait");
        await rig.PassAsync(0.01);
        Assert.StartsWith(":double_vertical_bar: *The rollout holds:*", Assert.Single(rig.Said), StringComparison.Ordinal);
        await rig.Run.WhenAsync(RunVerb.Resume, "bob");
        await rig.PassAsync(1);
        Assert.Single(rig.Said);
        await rig.PassAsync(20.7);

        Assert.Contains(":arrow_forward: It goes on", rig.Said[1], StringComparison.Ordinal);
        await rig.PassAsync(8);
        Assert.Contains(rig.Replies, reply => reply.Buttons.Count == 4);
    }

    [Fact]
    public async Task Quiet_TheRunEndsMeanwhile_StillTellsItWhenTheQuietEnds()
    {
        var playbook = SlackThreadRig.Playbook.Replace("soak: { for: 24h }", "soak: { for: 1h }", StringComparison.Ordinal);
        await using var rig = await SlackThreadRig.StartAsync(playbook, quietHours: Nights);
        await rig.PassAsync(30.5);
        await rig.Run.WhenAsync(RunVerb.Approve, "bob");
        await rig.Run.WhenAsync(RunVerb.Approve, "cyn");
        await rig.PassAsync(3);
        await rig.Run.ThenStateIsAsync(RunState.Succeeded);
        Assert.DoesNotContain(rig.Said, said => said.Contains("has ended", StringComparison.Ordinal));
        await rig.PassAsync(13);

        Assert.Contains(rig.Said, said => said.StartsWith(":crescent_moon:", StringComparison.Ordinal) && said.Contains("*The rollout has ended.*", StringComparison.Ordinal));
        Assert.All(await rig.Run.OutboxStore.ListLanesAsync(cancellation: TestContext.Current.CancellationToken), lane => Assert.True(lane.IsFinished));
    }

    [Fact]
    public async Task Quiet_ManyMessages_AreAllInTheDigest()
    {
        await using var rig = await SlackThreadRig.StartAsync(quietHours: Nights);
        await rig.PassAsync(7);
        for (var time = 0; time < 45; time++)
        {
            await rig.Run.WhenAsync(RunVerb.Hold, "bob", $"hold {time}");
            await rig.Run.WhenAsync(RunVerb.Resume, "bob", $"resume {time}");
        }

        await rig.PassAsync(16);
        var digests = rig.Said.Where(said => said.StartsWith(":crescent_moon:", StringComparison.Ordinal)).ToList();
        Assert.Equal(45, digests.Sum(digest => digest.Split(":arrow_forward: It goes on").Length - 1));
    }
}
