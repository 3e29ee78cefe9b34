using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Playbooks.Tests;

public sealed class ShippedPlaybookTests
{
    private static readonly IStepCatalog Catalog = StepCatalog.BuiltIn;

    [Fact]
    public void Web4_AsShipped_HasNoProblemAndOnlyExecutableKinds() =>
        Assert.Equal("", string.Join('\n', Load().Problems));

    [Fact]
    public void Web4_Stages_ClimbAsItsOriginalDoes()
    {
        var playbook = Load().Playbook!;

        Assert.Equal(["preparation", "canary", "one-percent", "ten-percent", "fifty-percent", "everybody"], playbook.Stages.Select(stage => stage.Name));
        Assert.Equal([null, 1d, 3d, 7d], new[] { "preparation", "one-percent", "ten-percent", "fifty-percent" }.Select(name => playbook.FindStage(name)!.Soak?.For.TotalDays));
        Assert.Equal([2d, 2d, 5d, 14d], new[] { "canary", "one-percent", "ten-percent", "fifty-percent" }.Select(name => playbook.FindStage(name)!.Soak!.EffectiveAtMost.TotalDays));
        Assert.Equal([1, 10, 50, 100], playbook.Stages.SelectMany(stage => stage.Steps).Where(step => step.Uses == "flag/rollout").Select(step => step.With["percent"].GetInt32()));
    }

    [Fact]
    public void Web4_StageWithAnObjectiveOnly_TakesTheRestOfItsWayBackFromThePlaybook()
    {
        var rollback = Load().Playbook!.FindStage("fifty-percent")!.Rollback!;

        Assert.Equal(RollbackTarget.Start, rollback.To);
        Assert.Equal(TimeSpan.FromMinutes(30), rollback.Objective);
        Assert.Equal("announce", Assert.Single(rollback.Steps).Uses);
        Assert.Equal("http/probe", Assert.Single(rollback.Verify).Uses);
    }

    [Fact]
    public void Web4_WrittenAsJson_ReadsBackTheSame()
    {
        var playbook = Load().Playbook!;

        var json = JsonSerializer.Serialize(playbook, PlaybookJson.Options);
        var back = JsonSerializer.Deserialize<Playbook>(json, PlaybookJson.Options)!;

        Assert.Equal(json, JsonSerializer.Serialize(back, PlaybookJson.Options));
        Assert.Equal(playbook.Stages[3].Approvals[0].MinApprovals, back.Stages[3].Approvals[0].MinApprovals);
        Assert.Equal(playbook.Guardrails[0].FailureCondition, back.Guardrails[0].FailureCondition);
        Assert.Equal(Reaction.Rollback, back.Guardrails[0].OnFailed);
    }

    [Fact]
    public void Web4_StartedWithNothingGiven_BindsItsDefaults() =>
        Assert.Empty(InputBinder.Bind(Load().Playbook!, new Dictionary<string, JsonElement>()).Problems);

    private static PlaybookLoadResult Load() => PlaybookLoader.Load(Repository.Read("playbooks", "web4-mycelia.yaml"), "playbooks/web4-mycelia.yaml", Catalog);
}
