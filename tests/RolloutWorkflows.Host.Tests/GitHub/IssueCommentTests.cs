using System.Net;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.GitHub;

/// <summary>What people write on the release issue, end to end: server, GitHub, run.</summary>
public sealed class IssueCommentTests
{
    [Fact]
    public async Task Approve_InACommentOfAnApprover_Counts()
    {
        await using var rig = await GitHubRig.StartAsync();

        var comment = await rig.SayAsync(GitHubRig.Ada, "/approve figures are fine");

        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.Succeeded, "success");
        await rig.UntilAsync(() => rig.ReactionsTo(comment).Contains("+1"), "a reaction");
        var answer = Assert.Single(await rig.AnswersAsync());
        Assert.Equal((RunLogKind.CommandAccepted, "ada", "figures are fine", $"github-comment:{comment.Id}"), (answer.Kind, answer.Actor, answer.Reason, answer.CommandId));
    }

    [Fact]
    public async Task Rollback_OfASurface_MeansThatSurface()
    {
        await using var rig = await GitHubRig.StartAsync();

        await rig.SayAsync(GitHubRig.Ada, "/rollback --surface mobile it crashes");

        await rig.UntilAsync(async () => (await rig.AnswersAsync()).Count > 0, "an answer");
        var refused = Assert.Single(await rig.AnswersAsync());
        Assert.Equal((RunLogKind.CommandRefused, "it crashes"), (refused.Kind, refused.Reason));
        Assert.Contains("the playbook has no surfaces, so 'mobile' cannot be meant alone", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_DeliveredTenTimes_CountsOnce()
    {
        await using var rig = await GitHubRig.StartAsync(needed: 2);
        await rig.SayAsync(GitHubRig.Ada, "/approve");
        var delivery = rig.GitHub.Webhooks.Deliveries.Single(one => one is { Event: "issue_comment", Action: "created" } && System.Text.Encoding.UTF8.GetString(one.Body).Contains("\"/approve\"", StringComparison.Ordinal));

        for (var again = 0; again < 5; again++) Assert.Equal(200, await rig.GitHub.Webhooks.SendAsync(delivery));
        // The id is not signed, so whoever has the body can send it under another.
        for (var again = 0; again < 5; again++) Assert.Equal(200, await rig.GitHub.Webhooks.SendAsync(delivery with { Id = $"another-{again}" }));

        Assert.Single(await rig.AnswersAsync());
        Assert.Equal("ada", Assert.Single(Assert.Single((await rig.RunAsync()).OpenApprovals).Votes).Person);
    }

    [Fact]
    public async Task Delivery_WithAnotherBodyUnderAUsedId_IsNotSuppressed()
    {
        await using var rig = await GitHubRig.StartAsync(needed: 2);
        rig.GitHub.Webhooks.Hold = true;
        await rig.SayAsync(GitHubRig.Ada, "/approve");
        await rig.SayAsync(GitHubRig.Grace, "/approve");
        var spoken = rig.GitHub.Webhooks.Deliveries.Where(one => one is { Event: "issue_comment", Action: "created" }).TakeLast(2).ToList();

        foreach (var delivery in spoken) await rig.GitHub.Webhooks.SendAsync(delivery with { Id = "the-same" });

        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.Succeeded, "success");
    }

    [Fact]
    public async Task Comment_ThatIsEditedIntoACommand_NeverCounts()
    {
        await using var rig = await GitHubRig.StartAsync();
        var comment = await rig.SayAsync(GitHubRig.Ada, "looks good");

        await rig.GitHub.EditCommentAsync(GitHubRig.Ada, GitHubRig.Repository, comment.Id, "/approve");
        await rig.PassAsync(TimeSpan.FromMinutes(12));

        Assert.Empty(await rig.AnswersAsync());
        Assert.Empty(rig.ReactionsTo(comment));
    }

    [Fact]
    public async Task Comment_OfAnotherEditedByAMaintainer_NeverCounts()
    {
        await using var rig = await GitHubRig.StartAsync();
        var comment = await rig.SayAsync(GitHubRig.Ada, "I have doubts");

        await rig.GitHub.EditCommentAsync(GitHubRig.Mallory, GitHubRig.Repository, comment.Id, "/approve");
        await rig.PassAsync(TimeSpan.FromMinutes(12));

        Assert.Empty(await rig.AnswersAsync());
        Assert.Empty(Assert.Single((await rig.RunAsync()).OpenApprovals).Votes);
    }

    [Fact]
    public async Task Comment_OfABotOrThroughAnApp_NeverCounts()
    {
        await using var rig = await GitHubRig.StartAsync();
        var app = rig.GitHub.AddApp(7, "helper");

        var byBot = await rig.SayAsync(app.Bot.Id, "/approve");
        var viaApp = await rig.SayAsync(GitHubRig.Ada, "/approve", app);
        await rig.PassAsync(TimeSpan.FromMinutes(12));

        Assert.Empty(await rig.AnswersAsync());
        Assert.Empty(rig.ReactionsTo(byBot));
        Assert.Empty(rig.ReactionsTo(viaApp));
    }

    [Fact]
    public async Task Comment_OfThisServersOwnAccount_NeverCounts()
    {
        await using var rig = await GitHubRig.StartAsync();

        await rig.SayAsync(GitHubRig.Bot, "/approve");
        await rig.PassAsync(TimeSpan.FromMinutes(12));

        Assert.Empty(await rig.AnswersAsync());
    }

    [Fact]
    public async Task Command_OfSomebodyUnknown_IsToldOnceByNumberAndRecorded()
    {
        await using var rig = await GitHubRig.StartAsync();

        var first = await rig.SayAsync(GitHubRig.Mallory, "/approve");
        var second = await rig.SayAsync(GitHubRig.Mallory, "/rollback <script>alert(1)</script> @ada-l");

        await rig.UntilAsync(() => rig.ReactionsTo(first).Contains("-1") && rig.ReactionsTo(second).Contains("-1"), "reactions");
        await rig.UntilAsync(() => rig.Told().Any(text => text.Contains("666", StringComparison.Ordinal)), "the number in a comment");
        await rig.PassAsync(TimeSpan.FromMinutes(1));
        var told = Assert.Single(rig.Told(), text => text.Contains("666", StringComparison.Ordinal));
        Assert.DoesNotContain("<script>", told, StringComparison.Ordinal);
        Assert.Equal(2, (await rig.AnswersAsync()).Count(entry => entry is { Kind: RunLogKind.CommandRefused, Actor: "mallory (github 666)" }));
        Assert.Equal(RunState.AwaitingApproval, (await rig.RunAsync()).State);
    }

    [Fact]
    public async Task Command_OfSomebodyWithoutAVote_IsRefusedWithWhy()
    {
        await using var rig = await GitHubRig.StartAsync();

        var comment = await rig.SayAsync(GitHubRig.Linus, "/approve");

        await rig.UntilAsync(() => rig.ReactionsTo(comment).Contains("-1"), "a reaction");
        await rig.UntilAsync(() => rig.Told().Any(text => text.Contains("has no vote", StringComparison.Ordinal) && text.Contains($"#issuecomment-{comment.Id}", StringComparison.Ordinal)), "why");
    }

    [Fact]
    public async Task Approve_WithTheQuestionsName_NamesIt()
    {
        await using var rig = await GitHubRig.StartAsync();

        await rig.SayAsync(GitHubRig.Grace, "/approve go because I say so");

        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.Succeeded, "success");
        Assert.Equal("because I say so", Assert.Single(await rig.AnswersAsync()).Reason);
    }

    [Fact]
    public async Task Commands_OneAfterTheOther_DoWhatTheySay()
    {
        await using var rig = await GitHubRig.StartAsync();

        await rig.SayAsync(GitHubRig.Linus, "/hold wait a moment");
        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.Holding, "a hold");
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        await rig.SayAsync(GitHubRig.Linus, "/resume");
        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.AwaitingApproval, "the question again");
        await rig.SayAsync(GitHubRig.Linus, "a text\n> /hold\n```\n/hold\n```\n/rollback enough");
        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.RolledBack, "a rollback");
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        await rig.SayAsync(GitHubRig.Linus, "/retry");
        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.AwaitingApproval, "another attempt");
    }

    [Fact]
    public async Task Status_OfOneOfThePeople_IsTold()
    {
        await using var rig = await GitHubRig.StartAsync();

        var comment = await rig.SayAsync(GitHubRig.Olga, "/status");

        await rig.UntilAsync(() => rig.ReactionsTo(comment).Contains("+1"), "a reaction");
        await rig.UntilAsync(() => rig.Told().Any(text => text.Contains("AwaitingApproval", StringComparison.Ordinal) && text.Contains("`/approve`", StringComparison.Ordinal) && text.Contains("ada, grace", StringComparison.Ordinal)), "where it stands");
        Assert.Empty(await rig.AnswersAsync());
    }

    [Fact]
    public async Task Approve_OnAClosedIssue_IsRefusedAndRollbackIsNot()
    {
        await using var rig = await GitHubRig.StartAsync();
        await rig.GitHub.SetOpenAsync(GitHubRig.Olga, GitHubRig.Repository, rig.Issue, open: false);

        var comment = await rig.SayAsync(GitHubRig.Ada, "/approve");
        await rig.UntilAsync(() => rig.ReactionsTo(comment).Contains("-1"), "a reaction");
        await rig.GitHub.SetOpenAsync(GitHubRig.Olga, GitHubRig.Repository, rig.Issue, open: true);
        await rig.PassAsync(TimeSpan.FromMinutes(12));
        await rig.GitHub.SetOpenAsync(GitHubRig.Olga, GitHubRig.Repository, rig.Issue, open: false);
        await rig.SayAsync(GitHubRig.Ada, "/rollback");

        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.RolledBack, "a rollback");
        Assert.Contains("the issue is closed", Assert.Single(await rig.AnswersAsync(), entry => entry.Kind == RunLogKind.CommandRefused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comment_HoldingAKey_IsRefusedAndNotRepeated()
    {
        await using var rig = await GitHubRig.StartAsync();
        const string key = "rwk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

        var comment = await rig.SayAsync(GitHubRig.Ada, $"/approve with {key}");

        await rig.UntilAsync(() => rig.ReactionsTo(comment).Contains("-1"), "a reaction");
        await rig.UntilAsync(() => rig.Told().Any(text => text.Contains("revoke it", StringComparison.Ordinal)), "what to do");
        Assert.DoesNotContain(rig.Told(), text => text.Contains(key, StringComparison.Ordinal));
        Assert.DoesNotContain(await rig.RecordAsync(), entry => $"{entry.Message}{entry.Reason}".Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Approve_AnsweredWith200_StandsAfterTheServerStoppedAtOnce()
    {
        await using var rig = await GitHubRig.StartAsync(needed: 2);

        var comment = await rig.SayAsync(GitHubRig.Ada, "/approve");
        Assert.Equal(200, Assert.Single(rig.GitHub.Webhooks.Deliveries.Last(one => one.Event == "issue_comment").Answers));
        await rig.RestartAsync();

        await rig.UntilAsync(async () => Assert.Single((await rig.RunAsync()).OpenApprovals).Votes is [{ Person: "ada", Via: "comment" }], "the vote");
        await rig.UntilAsync(() => rig.ReactionsTo(comment).Contains("+1"), "a reaction");
    }

    [Fact]
    public async Task Approve_WhileGitHubDoesNotSayWhoWeAre_IsAnsweredWith503AndFoundAgain()
    {
        await using var rig = await GitHubRig.StartAsync();
        await rig.RestartAsync();
        rig.GitHub.Faults.Down = true;

        var comment = await rig.SayAsync(GitHubRig.Ada, "/approve");
        var statuses = rig.GitHub.Webhooks.Deliveries.Last(one => one.Event == "issue_comment").Answers;
        rig.GitHub.Faults.Clear();

        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.Succeeded, "success");
        Assert.Contains(Assert.Single(statuses), new[] { (int)HttpStatusCode.ServiceUnavailable, (int)HttpStatusCode.OK });
        await rig.UntilAsync(() => rig.ReactionsTo(comment).Contains("+1"), "a reaction");
    }
}
