namespace RolloutWorkflows.Activities.Tests;

public sealed class WorkflowRunSearchTests
{
    private static readonly DateTimeOffset Sent = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly GitHubUser Self = new(7, "rollouts[bot]", "Bot");
    private static readonly GitHubUser Somebody = new(8, "ada", "User");

    [Fact]
    public void Candidates_OfOurAccountBranchAndTime_AreTheOnesThatMayBeIt()
    {
        GitHubWorkflowRun[] runs =
        [
            Run(1, seconds: 5),
            Run(2, seconds: 5) with { Actor = Somebody },
            Run(3, seconds: 5) with { HeadBranch = "next" },
            Run(4, seconds: -60),
            Run(5, seconds: 5) with { Event = "push" },
            Run(6, seconds: 5),
            Run(7, seconds: 5),
            Run(8, seconds: -20),
        ];

        var found = WorkflowRunSearch.Candidates(runs, new WorkflowDispatching(null, Sent) { Failed = [7] }, "refs/heads/main", Self, mark: null, taken: [6]);

        Assert.Equal([1, 8], found.Select(run => run.Id));
    }

    [Fact]
    public void Candidates_WithAMark_AreThoseThatShowIt()
    {
        GitHubWorkflowRun[] runs = [Run(1, seconds: 5), Run(2, seconds: 5) with { Title = "Deploy rollout-0a1b2c" }];

        Assert.Equal([2], WorkflowRunSearch.Candidates(runs, new WorkflowDispatching(null, Sent), "main", Self, "rollout-0a1b2c", []).Select(run => run.Id));
        Assert.Empty(WorkflowRunSearch.Candidates(runs, new WorkflowDispatching(null, Sent), "main", Self, "rollout-ffffff", []));
    }

    [Theory]
    [InlineData("main", "main")]
    [InlineData("refs/heads/fix/one", "fix/one")]
    [InlineData("refs/tags/v1.0", "v1.0")]
    public void Reference_OfAnyForm_ComesToTheNameThatRunsCarry(string reference, string expected) => Assert.Equal(expected, WorkflowRunSearch.ShortOf(reference));

    [Fact]
    public void Mark_OfOneEffect_IsAlwaysTheSameAndOfNoOther()
    {
        Assert.Equal(WorkflowRunSearch.MarkOf("run/one/1/1/deploy"), WorkflowRunSearch.MarkOf("run/one/1/1/deploy"));
        Assert.NotEqual(WorkflowRunSearch.MarkOf("run/one/1/1/deploy"), WorkflowRunSearch.MarkOf("run/one/2/1/deploy"));
    }

    private static GitHubWorkflowRun Run(long id, int seconds) => new()
    {
        Id = id,
        WorkflowId = 1,
        Event = "workflow_dispatch",
        HeadSha = "",
        HeadBranch = "main",
        Actor = Self,
        CreatedAt = Sent.AddSeconds(seconds),
        UpdatedAt = Sent.AddSeconds(seconds),
        Url = "https://github.test/run",
    };
}
