using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Slack;

/// <summary>From the question in the run's thread to the answer in the same message, on the real server.</summary>
public sealed class SlackCircleTests
{
    [Fact]
    public async Task Approve_ByTheButtonInTheRunsThread_CountsAndTheMessageSaysWhoWhyAndHow()
    {
        await using var scene = await SlackScene.StartAsync();
        var voted = await File.ReadAllTextAsync(Path.Combine(scene.Host.Folder.Path, "playbooks", "voted.yaml"), TestContext.Current.CancellationToken);
        scene.Host.Folder.Write("playbooks/threaded.yaml", voted
            .Replace("name: voted", "name: threaded", StringComparison.Ordinal)
            .Replace("spec:\n", $"spec:\n  channels: {{ slack: {{ channel: {SlackScene.Channel} }} }}\n", StringComparison.Ordinal));
        var runId = await scene.Host.StartRunAsync("threaded", "ada", new { flag = "bar" });

        var question = await scene.Slack.WaitForAsync(slack => slack.Messages.FirstOrDefault(message => message.Thread is not null && message.Buttons.Count == 4));
        Assert.Contains($"<@{SlackScene.Grace}>, <@{SlackScene.Linus}>", question.Shown, StringComparison.Ordinal);
        await scene.SubmitAsync(await scene.OpenAsync(SlackScene.Grace, question, SlackButton.Approve), "figures are fine");

        await scene.Host.WaitForAsync(runId, details => details.Run.State == RunState.Succeeded, "success");
        var decided = await scene.Slack.WaitForAsync(slack => slack.Messages.FirstOrDefault(message => message.Ts == question.Ts && message.Buttons.Count == 0 && message.Shown.Contains("approved", StringComparison.Ordinal)));
        Assert.Contains(":white_check_mark: *approved* by grace (1 of 1)", decided.Shown, StringComparison.Ordinal);
        Assert.Contains("• grace: yes, by slack, ", decided.Shown, StringComparison.Ordinal);
        Assert.Contains(": “figures are fine”", decided.Shown, StringComparison.Ordinal);
        await scene.Slack.WaitForAsync(slack => slack.Messages.FirstOrDefault(message => message.Ts == question.Thread && message.Shown.Contains("*Succeeded*", StringComparison.Ordinal)));
        Assert.Equal([runId], await scene.Host.Services.GetRequiredService<IChannelMemories>().FindAsync("slack", "thread", $"{SlackScene.Channel}/{question.Thread}", TestContext.Current.CancellationToken));
    }
}
