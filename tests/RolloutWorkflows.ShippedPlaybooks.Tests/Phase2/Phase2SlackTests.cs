using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Phase2;

/// <summary>The thread of phase2-api in Slack.</summary>
public sealed class Phase2SlackTests
{
    [Fact]
    [Requirement("D2", "phase2-api")]
    public async Task Thread_FromTheFirstQuestionToTheLab_IsOneAndAsksWithButtonsUntilItIsAnswered()
    {
        await using var scene = await Phase2Scene.WithSlackAsync();
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.OpenApprovals.Count > 0, "the first question");
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        var asked = Assert.Single(scene.Slack!.Messages, message => message.Buttons.Count > 0 && message.Thread is not null);
        Assert.Contains("Are the rollout criteria and the feature flags of phase 2 defined?", asked.Shown, StringComparison.Ordinal);
        Assert.Equal(4, asked.Buttons.Count);

        await run.AnswerAsync(await run.Scenario.StatusAsync());
        await run.UntilAsync(at => at.Stage == "internal-lab" && at.State == RunState.Soaking, "the lab's soak");
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromMinutes(5));

        var thread = Assert.Single(scene.Slack.Messages, message => message.Thread is null);
        Assert.All(scene.Slack.Messages.Where(message => message.Ts != thread.Ts), message => Assert.Equal(thread.Ts, message.Thread));
        Assert.Contains("Internal lab", thread.Shown, StringComparison.Ordinal);
        var decided = scene.Slack.Messages.Single(message => message.Ts == asked.Ts);
        Assert.Empty(decided.Buttons);
        Assert.Contains("*approved* by", decided.Shown, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("D2", "phase2-api", BadWay = true)]
    public async Task Slack_AwayWhileThePreparationIsAnswered_TheRunGoesOnAndTheThreadCatchesUpOnce()
    {
        await using var scene = await Phase2Scene.WithSlackAsync();
        scene.Slack!.Down = true;
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.Stage == "internal-lab" && at.State == RunState.Soaking, "the lab's soak");
        Assert.Empty(scene.Slack.Messages);
        scene.Slack.Down = false;
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(6));

        var thread = Assert.Single(scene.Slack.Messages, message => message.Thread is null);
        var replies = scene.Slack.Thread(thread.Ts).Skip(1).Select(message => message.Shown).ToList();
        Assert.NotEmpty(replies);
        Assert.Equal(replies.Distinct(), replies);
        Assert.DoesNotContain(scene.Slack.Thread(thread.Ts).Skip(1), message => message.Buttons.Count > 0);
    }
}
