using System.Collections.Immutable;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.DurableTask;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Environments of GitHub Actions that wait for a run.</summary>
public sealed class ProtectionRuleTests
{
    private const string Yaml = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: node }
        spec:
          inputs: { commit: { type: string, default: 6dcb09b } }
          rollback: { to: start }
          stages:
            - name: small
              steps: [ { uses: flag/rollout, with: { flag: "node-${{ inputs.commit }}", percent: 10 } } ]
              soak: { for: 1h }
            - name: everybody
              steps: [ { uses: flag/rollout, with: { flag: "node-${{ inputs.commit }}", percent: 100 } } ]
              soak: { for: 1h }
        """;

    [Fact]
    public async Task Environment_OfAStageThatIsPromotedLater_WaitsWithAReportAndIsApprovedOnce()
    {
        await using var github = Connected("production", "small");
        await using var run = await RolloutScenario.GivenAsync(Yaml, github);
        var waiting = await AskAsync(run, github);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(30));

        var report = Assert.Single(waiting.Verdicts);
        Assert.Equal((null, "Run run-1 of node has not promoted small yet."), (report.State, report.Comment));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(40));

        Assert.Equal([null, "approved"], waiting.Verdicts.Select(verdict => verdict.State));
        Assert.Contains(await run.RecordAsync(), entry => entry.Message.StartsWith("To GitHub: environment production of chain/node", StringComparison.Ordinal) && entry.Message.Contains("approved", StringComparison.Ordinal));
        Assert.StartsWith("production of chain/node was approved", await EndedWithAsync(run, waiting), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunVerb.Rollback, "was rolled back")]
    [InlineData(RunVerb.Abort, "was aborted")]
    public async Task Environment_OfARunThatGoesBackOrIsAborted_IsRejected(RunVerb verb, string why)
    {
        await using var github = Connected("production", "everybody");
        await using var run = await RolloutScenario.GivenAsync(Yaml, github);
        var waiting = await AskAsync(run, github);
        await run.WhenAsync(verb, "bob", "not today");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));

        var (_, state, comment) = waiting.Verdicts[^1];
        Assert.Equal("rejected", state);
        Assert.Contains(why, comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_OfAnotherCommit_WaitsForItsOwnRun()
    {
        await using var github = Connected("production", "small");
        await using var run = await RolloutScenario.GivenAsync(Yaml, github);
        github.Repository.Refs["next"] = new string('b', 40);
        var waiting = await AskAsync(run, github, "next");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));

        var report = Assert.Single(waiting.Verdicts);
        Assert.Equal((null, $"No run of node has commit = {new string('b', 40)} yet; start one."), (report.State, report.Comment));
    }

    [Fact]
    public async Task Answer_ThatIsLostWhileGitHubIsDownForHours_ArrivesOnce()
    {
        await using var github = Connected("production", "small");
        await using var run = await RolloutScenario.GivenAsync(Yaml, github);
        var waiting = await AskAsync(run, github);
        github.Server.Faults.Down = true;
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1.5));
        github.Server.Faults.Clear();
        github.Server.Faults.LoseAnswer(when: request => request.Path.EndsWith("/deployment_protection_rule", StringComparison.Ordinal));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));

        Assert.Single(waiting.Verdicts, verdict => verdict.State == "approved");
        Assert.StartsWith("production of chain/node does not wait any more", await EndedWithAsync(run, waiting), StringComparison.Ordinal);
    }

    private static ScenarioGitHub Connected(string environment, string stage) => new()
    {
        Rules = new ProtectionRuleOptions
        {
            Rules = ImmutableDictionary<GitHubRepository, IReadOnlyDictionary<string, ProtectionRule>>.Empty.Add(
                GitHubRepository.Parse("chain/node"),
                new Dictionary<string, ProtectionRule> { [environment] = new() { Playbook = "node", Stage = stage, Input = "commit" } }),
        },
    };

    private static async Task<FakeWorkflowRun> AskAsync(RolloutScenario run, ScenarioGitHub github, string reference = "main")
    {
        var waiting = await github.Server.RequestProtectionAsync(github.Ada.Id, "chain/node", "production", github.App, reference);
        await run.Host.Client.ScheduleNewOrchestrationInstanceAsync(
            OrchestrationNames.Protection,
            new ProtectionInput { Repository = "chain/node", Environment = "production", WorkflowRunId = waiting.Id, Sha = waiting.Sha, Ref = $"refs/heads/{reference}" },
            new StartOrchestrationOptions(InstanceOf(waiting)));
        await run.Host.RunUntilIdleAsync();
        return waiting;
    }

    private static async Task<string> EndedWithAsync(RolloutScenario run, FakeWorkflowRun waiting) =>
        (await run.Host.Client.GetInstanceAsync(InstanceOf(waiting), getInputsAndOutputs: true))!.ReadOutputAs<string>()!;

    private static string InstanceOf(FakeWorkflowRun waiting) => OrchestrationNames.ProtectionInstance("chain/node", waiting.Id, "production");
}
