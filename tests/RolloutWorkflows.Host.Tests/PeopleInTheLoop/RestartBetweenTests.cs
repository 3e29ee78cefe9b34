using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.PeopleInTheLoop;

/// <summary>The server stops between what people do and what they are shown. How it is killed in the middle is tried with the real program, beside the command line's tests.</summary>
public sealed class RestartBetweenTests
{
    [Fact]
    public async Task Server_RestartsBetweenClickAndDialog_TakesTheDialogOnce()
    {
        await using var scene = await EverywhereScene.StartAsync();
        var asked = await scene.AskAsync();
        var dialog = await scene.ClickAsync(asked, Captain.Ada);

        await scene.RestartAsync();

        Assert.Equal(200, (await scene.SubmitAsync(dialog, "go")).Status);
        Assert.Equal("ada", Assert.Single(await scene.ThenPromotedAsync(asked)).Person);
    }

    [Fact]
    public async Task Server_RestartsBetweenDeliveryAndProjection_ShowsEverythingOnceAfterwards()
    {
        await using var scene = await EverywhereScene.StartAsync();
        var asked = await scene.AskAsync();
        (scene.GitHub.Faults.Down, scene.Slack.Down) = (true, true);
        var comment = await scene.ByCommentAsync(asked, Captain.Ada, "go");
        await scene.UntilAsync(async () => (await scene.RunAsync(asked.RunId)).State == RunState.Succeeded, "success");
        Assert.Empty(scene.ReactionsTo(asked, comment));

        await scene.RestartAsync();
        scene.GitHub.Faults.Clear();
        scene.Slack.Down = false;

        Assert.Equal("ada", Assert.Single(await scene.ThenPromotedAsync(asked)).Person);
        await scene.UntilAsync(() => scene.ReactionsTo(asked, comment).Count > 0, "a reaction");
        await scene.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(["+1"], scene.ReactionsTo(asked, comment));
    }

    [Fact]
    public async Task Answers_LostOnTheWayBackFromBothPlaces_LeaveNothingTwice()
    {
        await using var scene = await EverywhereScene.StartAsync();
        var asked = await scene.AskAsync();
        scene.GitHub.Faults.LoseAnswer(times: 3, when: request => request.Method is "POST" or "PATCH");
        scene.Slack.LoseAnswer("chat.postMessage", times: 2);
        scene.Slack.LoseAnswer("chat.update", times: 2);

        await scene.ByHttpAsync(asked, Captain.Ada, "go");

        Assert.Equal("ada", Assert.Single(await scene.ThenPromotedAsync(asked)).Person);
    }
}
