using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.ShippedPlaybooks.Tests;

/// <summary>The playbooks of the repository, as they are shipped.</summary>
internal static class Shipped
{
    public static Playbook Load(string name)
    {
        var loaded = PlaybookLoader.Load(File.ReadAllText(Repository.PathOf("playbooks", $"{name}.yaml")), $"{name}.yaml", StepCatalog.BuiltIn);
        Assert.Empty(loaded.Problems);
        return loaded.Playbook!;
    }

    /// <summary>Every step of every stage, as stage and step id: the points at which a rollout may break.</summary>
    public static TheoryData<string, string> StepsOf(string name)
    {
        var points = new TheoryData<string, string>();
        foreach (var stage in Load(name).Stages)
            foreach (var step in stage.Steps)
                points.Add(stage.Name, step.Id);
        return points;
    }

    /// <summary>The playbook as far as a step: what that stage would have done after it is left out, and with it the stages that follow.</summary>
    public static Playbook UpTo(this Playbook playbook, string stage, string step)
    {
        var last = playbook.Stages.ToList().FindIndex(one => one.Name == stage);
        var cut = playbook.Stages[last] with { Steps = [.. playbook.Stages[last].Steps.TakeWhile(one => one.Id != step), playbook.Stages[last].Steps.First(one => one.Id == step)] };
        return playbook with { Stages = [.. playbook.Stages.Take(last), cut] };
    }
}
