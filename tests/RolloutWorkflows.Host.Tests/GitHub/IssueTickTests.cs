using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.GitHub;

/// <summary>What people tick in the release issue, end to end: server, GitHub, run.</summary>
public sealed class IssueTickTests
{
    private const string Question = "rollout:box=some/go";

    private const string Machine = "rollout:box=some/steps/percentage";

    [Fact]
    public async Task Tick_OfAnApprover_CountsWithItsRevision()
    {
        await using var rig = await GitHubRig.StartAsync();

        await rig.TickAsync(GitHubRig.Ada);

        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.Succeeded, "success");
        var answer = Assert.Single(await rig.AnswersAsync());
        Assert.Equal((RunLogKind.CommandAccepted, "ada"), (answer.Kind, answer.Actor));
        Assert.StartsWith("github-tick:", answer.CommandId, StringComparison.Ordinal);
        Assert.EndsWith($":{GitHubRig.Ada}", answer.CommandId, StringComparison.Ordinal);
        Assert.Contains("revision", answer.Reason, StringComparison.Ordinal);
        await rig.UntilAsync(() => rig.IsTicked(Question), "the ticked box");
    }

    [Fact]
    public async Task Tick_DeliveredTenTimes_CountsOnceAndIsNotExplained()
    {
        await using var rig = await GitHubRig.StartAsync();
        await rig.TickAsync(GitHubRig.Ada);
        var delivery = rig.GitHub.Webhooks.Deliveries.Single(one => one is { Event: "issues", Action: "edited" } && Sender(one.Body) == GitHubRig.Ada);

        for (var again = 0; again < 5; again++) Assert.Equal(200, await rig.GitHub.Webhooks.SendAsync(delivery));
        for (var again = 0; again < 5; again++) Assert.Equal(200, await rig.GitHub.Webhooks.SendAsync(delivery with { Id = $"another-{again}" }));
        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.Succeeded, "success");
        await rig.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Single(await rig.AnswersAsync());
        Assert.DoesNotContain(rig.Told(), text => text.Contains("did not count", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tick_OfSomebodyWithoutAVote_IsPutBackWithWhy()
    {
        await using var rig = await GitHubRig.StartAsync();

        await rig.TickAsync(GitHubRig.Linus);

        await rig.UntilAsync(() => !rig.IsTicked(Question), "the box put back");
        await rig.UntilAsync(() => rig.Told().Any(text => text.Contains("has no vote", StringComparison.Ordinal)), "why");
        Assert.Equal(RunState.AwaitingApproval, (await rig.RunAsync()).State);
    }

    [Fact]
    public async Task Tick_OfSomebodyUnknown_IsPutBackWithTheNumber()
    {
        await using var rig = await GitHubRig.StartAsync();

        await rig.TickAsync(GitHubRig.Mallory);

        await rig.UntilAsync(() => !rig.IsTicked(Question), "the box put back");
        await rig.UntilAsync(() => rig.Told().Any(text => text.Contains("mallory (github 666)", StringComparison.Ordinal)), "the number");
    }

    [Fact]
    public async Task Box_OfTheMachine_IsPutBackWithAnExplanation()
    {
        await using var rig = await GitHubRig.StartAsync();
        await rig.UntilAsync(() => rig.IsTicked(Machine), "the ticked box");

        await rig.GitHub.UntickAsync(GitHubRig.Ada, GitHubRig.Repository, rig.Issue, Machine);

        await rig.UntilAsync(() => rig.IsTicked(Machine), "the box put back");
        await rig.UntilAsync(() => rig.Told().Any(text => text.Contains("tick themselves", StringComparison.Ordinal)), "an explanation");
        Assert.Empty(await rig.AnswersAsync());
    }

    [Fact]
    public async Task Untick_OfOnesOwnVote_DoesNotTakeItBack()
    {
        await using var rig = await GitHubRig.StartAsync(needed: 2);
        rig.GitHub.Webhooks.Hold = true;
        await rig.TickAsync(GitHubRig.Ada);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await rig.GitHub.UntickAsync(GitHubRig.Ada, GitHubRig.Repository, rig.Issue, Question);
        rig.GitHub.Webhooks.Hold = false;
        foreach (var delivery in rig.GitHub.Webhooks.Deliveries.Where(one => one is { Event: "issues", Action: "edited" } && Sender(one.Body) == GitHubRig.Ada)) await rig.GitHub.Webhooks.SendAsync(delivery);

        await rig.UntilAsync(() => rig.Told().Any(text => text.Contains("not taken back by unticking", StringComparison.Ordinal)), "an explanation");
        Assert.Equal("ada", Assert.Single(Assert.Single((await rig.RunAsync()).OpenApprovals).Votes).Person);
    }

    [Fact]
    public async Task Edits_OutOfOrder_DoNotUndoTheNewerOne()
    {
        await using var rig = await GitHubRig.StartAsync();
        rig.GitHub.Webhooks.Hold = true;
        await rig.TickAsync(GitHubRig.Linus);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await rig.GitHub.UntickAsync(GitHubRig.Ada, GitHubRig.Repository, rig.Issue, Question);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        var edits = rig.GitHub.Webhooks.Deliveries.Where(one => one is { Event: "issues", Action: "edited" } && Sender(one.Body) is GitHubRig.Linus or GitHubRig.Ada).ToList();

        await rig.GitHub.Webhooks.SendAsync(edits[1]);
        await rig.GitHub.Webhooks.SendAsync(edits[0]);

        Assert.Empty(await rig.AnswersAsync("github-tick:"));
    }

    [Fact]
    public async Task Votes_OfTwoPeopleOutOfOrder_BothCount()
    {
        await using var rig = await GitHubRig.StartAsync(needed: 2);
        rig.GitHub.Webhooks.Hold = true;
        await rig.TickAsync(GitHubRig.Ada);
        await rig.UntilAsync(async () => (await rig.AnswersAsync()).Count == 1, "a vote that was found by reading the issue");
        await rig.UntilAsync(() => !rig.IsTicked(Question), "the box, open for the next");
        await rig.TickAsync(GitHubRig.Grace);
        var edits = rig.GitHub.Webhooks.Deliveries.Where(one => one is { Event: "issues", Action: "edited" } && Sender(one.Body) is GitHubRig.Ada or GitHubRig.Grace).Reverse().ToList();

        foreach (var edit in edits) await rig.GitHub.Webhooks.SendAsync(edit);

        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.Succeeded, "success");
        Assert.Equal(["ada", "grace"], (await rig.AnswersAsync()).Select(answer => answer.Actor).Order());
    }

    [Fact]
    public async Task Tags_ForgedOutsideTheBlock_AreNobodysAnswer()
    {
        await using var rig = await GitHubRig.StartAsync();
        await rig.GitHub.EditBodyAsync(GitHubRig.Ada, GitHubRig.Repository, rig.Issue, body => $"- [ ] mine <!-- {Question} -->\n\n{body}");

        await rig.GitHub.EditBodyAsync(GitHubRig.Ada, GitHubRig.Repository, rig.Issue, body => body.Replace("- [ ] mine", "- [x] mine", StringComparison.Ordinal));
        await rig.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Empty(await rig.AnswersAsync());
        Assert.StartsWith("- [x] mine", rig.Shown.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_WithTenThousandBoxes_ChangesNothing()
    {
        await using var rig = await GitHubRig.StartAsync();
        var boxes = string.Concat(Enumerable.Range(0, 10_000).Select(index => $"- [x] b <!-- rollout:box=s/{index} -->\n"));

        await rig.GitHub.EditBodyAsync(GitHubRig.Ada, GitHubRig.Repository, rig.Issue, body => body.Replace("<!-- rollout:end", $"{boxes}<!-- rollout:end", StringComparison.Ordinal));

        await rig.UntilAsync(() => !rig.Shown.Body.Contains("box=s/9999", StringComparison.Ordinal), "the block as it was");
        Assert.Empty(await rig.AnswersAsync());
    }

    private static long Sender(byte[] body) => GitHubJson.User(GitHubJson.Parse(body), "sender")!.Id;
}
