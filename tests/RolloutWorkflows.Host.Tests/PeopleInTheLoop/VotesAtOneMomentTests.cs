using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.PeopleInTheLoop;

/// <summary>People who answer by several ways at the same moment.</summary>
public sealed class VotesAtOneMomentTests
{
    private const int Repetitions = 4;

    [Fact]
    public async Task Approval_ByTwoOfThreeByThreeWaysAtOneMoment_IsDecidedOnceWithEachCountedOnce()
    {
        await using var scene = await EverywhereScene.StartAsync(needed: 2);
        for (var round = 0; round < Repetitions; round++)
        {
            var asked = await scene.AskAsync($"flag-{round}");
            // Each round gives the ways to the three in another order.
            var (slack, gitHub, http) = (Captain.Asked[round % 3], Captain.Asked[(round + 1) % 3], Captain.Asked[(round + 2) % 3]);
            var (dialog, before) = (await scene.ClickAsync(asked, slack), scene.ToldInSlack(slack).Count);

            var spoken = round % 2 == 0 ? scene.ByCommentAsync(asked, gitHub, "go") : scene.ByTickAsync(asked, gitHub);
            await Task.WhenAll(scene.SubmitAsync(dialog, "go"), spoken, scene.ByHttpAsync(asked, http, "go"));

            var votes = await scene.ThenPromotedAsync(asked);
            Assert.InRange(votes.Count, 2, 3);
            Assert.Equal(votes.Count, votes.Select(vote => vote.Via).Distinct().Count());
            // Whoever came after the decision is answered too, and changes nothing.
            var answers = await scene.RecordAsync(asked, RunLogKind.CommandAccepted, RunLogKind.CommandRefused);
            Assert.Equal(["ada", "grace", "linus"], answers.Select(answer => answer.Actor).Order());
            Assert.Equal(votes.Select(vote => vote.CommandId).Order(), answers.Where(answer => answer.Kind == RunLogKind.CommandAccepted).Select(answer => answer.CommandId!).Order());
            await scene.UntilAsync(() => scene.ToldInSlack(slack).Count > before, "an answer");
            Assert.Equal(before + 1, scene.ToldInSlack(slack).Count);
        }
    }

    [Fact]
    public async Task Approval_ByOnePersonByFourWaysAtOneMoment_CountsOnceEverywhere()
    {
        await using var scene = await EverywhereScene.StartAsync(needed: 2);
        var asked = await scene.AskAsync();
        var dialog = await scene.ClickAsync(asked, Captain.Ada);

        await Task.WhenAll(
            scene.SubmitAsync(dialog, "go"), scene.ByCommentAsync(asked, Captain.Ada, "go"), scene.ByTickAsync(asked, Captain.Ada), scene.ByHttpAsync(asked, Captain.Ada, "go"));

        await scene.UntilAsync(() => scene.Now(asked).Shown.Contains("*1 of 2*: ada\n", StringComparison.Ordinal) && !scene.IsTicked(asked), "one vote in both places");
        await scene.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("ada", Assert.Single(await scene.VotesAsync(asked)).Person);
        Assert.Empty(await scene.RecordAsync(asked, RunLogKind.ApprovalDecided));
        Assert.Contains("*1 of 2*: ada\nAsked: <@U0GRACE>, <@U0LINUS>", scene.Now(asked).Shown, StringComparison.Ordinal);

        await scene.ByHttpAsync(asked, Captain.Linus, "and I");
        Assert.Equal(["ada", "linus"], (await scene.ThenPromotedAsync(asked)).Select(vote => vote.Person).Order());
    }
}
