using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests.GitHub.ReleaseIssue;

/// <summary>The shipped playbook's release issue at several moments of a run, as files that people can read beside each other.</summary>
public sealed class IssueRenderingTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("ROLLOUT_UPDATE_EXPECTED") == "1";

    [Fact]
    [Requirement("D1", "web4-mycelia")]
    public async Task Web4_OnItsGoodWay_ShowsItselfLikeThis()
    {
        await using var shipped = await ShippedRun.StartAsync();
        var run = shipped.Run;
        await ShownAsync(shipped, "1-asked");

        await run.WhenAsync(RunVerb.Approve, "grace", "all green in CI");
        await run.WhenAsync(RunVerb.Approve, "linus");
        await run.WhenAsync(RunVerb.Approve, "grace", "go");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(6));
        await ShownAsync(shipped, "2-soaking");

        await run.WhenTimePassesAsync(TimeSpan.FromHours(20));
        await run.WhenAsync(RunVerb.Approve, "linus", "to one percent");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(26));
        await run.WhenAsync(RunVerb.Approve, "grace");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(73));
        await run.WhenAsync(RunVerb.Approve, "grace");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(169));
        await run.WhenAsync(RunVerb.Approve, "linus", "the numbers hold");
        await ShownAsync(shipped, "3-one-of-two");

        await run.WhenAsync(RunVerb.Approve, "grace");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Approve, "grace", "done");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.ThenStateIsAsync(RunState.Succeeded);
        await ShownAsync(shipped, "4-succeeded");
        await CommentsAsync(shipped, "4-comments");
    }

    [Fact]
    [Requirement("D1", "web4-mycelia", BadWay = true)]
    public async Task Web4_HeldIgnoredAndRolledBack_ShowsItselfLikeThis()
    {
        await using var shipped = await ShippedRun.StartAsync();
        var run = shipped.Run;
        await run.WhenAsync(RunVerb.Reject, "linus", "docs are missing", approvalId: (await run.StatusAsync()).OpenApprovals[0].ApprovalId);
        await ShownAsync(shipped, "5-rejected");

        await run.WhenAsync(RunVerb.Retry, "ada");
        await run.WhenAsync(RunVerb.Approve, "linus", "now they are there");
        await run.WhenAsync(RunVerb.Approve, "linus");
        shipped.BecomesIll();
        await run.WhenAsync(RunVerb.Approve, "linus");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        await run.ThenStateIsAsync(RunState.Holding);
        await ShownAsync(shipped, "6-held");

        await run.WhenAsync(RunVerb.Ignore, "grace", "the probe itself is broken, @everyone", isAdmin: true);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        await ShownAsync(shipped, "7-ignored");

        shipped.Recovers();
        await run.WhenAsync(RunVerb.Rollback, "margaret", "complaints");
        await run.ThenStateIsAsync(RunState.RolledBack);
        await ShownAsync(shipped, "8-rolled-back");
        await CommentsAsync(shipped, "8-comments");
    }

    private static async Task ShownAsync(ShippedRun shipped, string moment)
    {
        var view = await shipped.ViewAsync();
        var block = IssueBlockText.Render(view, IssueDetail.Full);
        AssertEqual(shipped.Lasting($"{block}\n\n<!-- The status comment -->\n{IssueStatusText.Dated(IssueStatusText.Render(view), view.Now)}\n"), moment);
        Assert.Equal(block, IssueBody.BlockOf(view.RunId, block));
    }

    private static async Task CommentsAsync(ShippedRun shipped, string name) =>
        AssertEqual(shipped.Lasting(string.Join("\n\n---\n\n", await shipped.CommentsAsync()) + "\n"), name);

    private static void AssertEqual(string shown, string name)
    {
        var path = Repository.PathOf("tests", "RolloutWorkflows.Activities.Tests", "GitHub", "ReleaseIssue", "Expected", $"web4-{name}.md");
        if (Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, shown);
        }

        Assert.True(File.Exists(path), $"{path} is missing; ROLLOUT_UPDATE_EXPECTED=1 writes it, to be reviewed.");
        Assert.Equal(File.ReadAllText(path), shown);
    }
}
