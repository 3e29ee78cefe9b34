using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

public sealed class ProtectionVerdictTests
{
    private static readonly ProtectionRule Rule = new() { Playbook = "node", Stage = "ten", Input = "commit" };

    [Theory]
    [InlineData(RunState.Soaking, StageState.Open, false, GitHubVerdict.Pending)]
    [InlineData(RunState.Soaking, StageState.Open, true, GitHubVerdict.Approved)]
    [InlineData(RunState.Checking, StageState.Ahead, true, GitHubVerdict.Pending)]
    [InlineData(RunState.Holding, StageState.Open, false, GitHubVerdict.Pending)]
    [InlineData(RunState.Soaking, StageState.Promoted, false, GitHubVerdict.Approved)]
    [InlineData(RunState.Succeeded, StageState.Promoted, false, GitHubVerdict.Approved)]
    [InlineData(RunState.Checking, StageState.TakenOver, false, GitHubVerdict.Approved)]
    [InlineData(RunState.RollingBack, StageState.Promoted, false, GitHubVerdict.Pending)]
    [InlineData(RunState.RolledBack, StageState.Promoted, false, GitHubVerdict.Rejected)]
    [InlineData(RunState.RolledBack, StageState.RolledBack, false, GitHubVerdict.Rejected)]
    [InlineData(RunState.Checking, StageState.RolledBack, true, GitHubVerdict.Pending)]
    [InlineData(RunState.Aborted, StageState.Stopped, false, GitHubVerdict.Rejected)]
    [InlineData(RunState.Aborted, StageState.Promoted, true, GitHubVerdict.Rejected)]
    [InlineData(RunState.Succeeded, StageState.RolledBack, false, GitHubVerdict.Rejected)]
    public void Verdict_OfARun_IsAsDocumented(RunState run, StageState stage, bool whenOpened, GitHubVerdict expected) =>
        Assert.Equal(expected, ProtectionVerdict.Of(Run(run, stage), Rule with { WhenOpened = whenOpened }, "abc").Answer);

    [Fact]
    public void Verdict_WithoutARunOrWithoutTheStage_SaysSo()
    {
        Assert.Equal(new ProtectionVerdict(GitHubVerdict.Pending, "No run of node has commit = abc yet; start one."), ProtectionVerdict.Of(null, Rule, "abc"));
        Assert.Equal(new ProtectionVerdict(GitHubVerdict.Rejected, "Run run-1 of node has no stage other."), ProtectionVerdict.Of(Run(RunState.Soaking, StageState.Open), Rule with { Stage = "other" }, "abc"));
    }

    [Theory]
    [InlineData("6dcb09b5b57875f334f61aebed695e2e4193db5e", true)]
    [InlineData("6DCB09B", true)]
    [InlineData("6dcb09", false)]
    [InlineData("6dcb09c", false)]
    [InlineData("release/1.4", true)]
    [InlineData("refs/heads/release/1.4", true)]
    [InlineData("release", false)]
    [InlineData("", false)]
    public void Run_OfARevision_IsToldByItsInput(string given, bool isAbout)
    {
        var input = Input("node", given);

        Assert.Equal(isAbout, ProtectionVerdict.IsAbout(input, Rule, "6dcb09b5b57875f334f61aebed695e2e4193db5e", "refs/heads/release/1.4"));
        Assert.False(ProtectionVerdict.IsAbout(input with { Inputs = new Dictionary<string, JsonElement>() }, Rule, given, given));
        Assert.False(ProtectionVerdict.IsAbout(Input("other", given), Rule, given, given));
    }

    private static RolloutInput Input(string playbook, string commit) => new()
    {
        RunId = "run-1",
        Playbook = new Playbook { Name = playbook, Stages = [] },
        PlaybookDigest = "",
        Inputs = new Dictionary<string, JsonElement> { ["commit"] = JsonSerializer.SerializeToElement(commit) },
        StartedBy = "ada",
    };

    private static RunStatus Run(RunState state, StageState stage) => new()
    {
        RunId = "run-1",
        Playbook = "node",
        State = state,
        Because = "somebody said so",
        StartedBy = "ada",
        StartedAt = default,
        Stages = [new StageStatus { Name = "ten", State = stage }],
    };
}
