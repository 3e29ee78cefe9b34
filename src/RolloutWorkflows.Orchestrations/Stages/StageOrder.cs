using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The order in which stages run: file order, unless <c>needs</c> puts one behind another. Pure.</summary>
public static class StageOrder
{
    /// <summary>All stages, each after everything that it needs, otherwise as they stand in the file.</summary>
    /// <exception cref="InvalidOperationException">The needs form a circle, which validation refuses before.</exception>
    public static IReadOnlyList<Stage> Of(Playbook playbook)
    {
        var ordered = new List<Stage>();
        while (ordered.Count < playbook.Stages.Count)
        {
            var next = playbook.Stages.FirstOrDefault(stage => !ordered.Contains(stage) && stage.Needs.All(need => ordered.Any(done => done.Name == need)))
                ?? throw new InvalidOperationException($"Bug in RolloutWorkflows: the stages of '{playbook.Name}' need each other in a circle, which validation should have refused.");
            ordered.Add(next);
        }

        return ordered;
    }

    /// <summary>
    /// True from the first stage with steps that act on: guardrails hold from the run's first effect, and before it there is
    /// nothing yet that they could measure.
    /// </summary>
    public static bool IsGuarded(Playbook playbook, Stage stage) =>
        Of(playbook).TakeWhile(candidate => candidate.Name != stage.Name).Append(stage).Any(candidate => candidate.Steps.Any(Acts));

    /// <summary>Whether something in the stage is a surface's own.</summary>
    public static bool Moves(Stage stage, string surface) => stage.Surface == surface || stage.Steps.Any(step => step.Surface == surface);

    /// <summary>True from the first stage on that moves the surface.</summary>
    public static bool HasBegun(Playbook playbook, Stage stage, string surface) =>
        Of(playbook).TakeWhile(candidate => candidate.Name != stage.Name).Append(stage).Any(candidate => Moves(candidate, surface));

    /// <summary>
    /// The stages that must stand before one may open: what it states, or else every earlier one, but for those that move
    /// another surface than it does.
    /// </summary>
    public static IReadOnlyList<string> NeedsOf(Playbook playbook, Stage stage) => stage.Needs.Count > 0
        ? stage.Needs
        : [.. Of(playbook).TakeWhile(other => other.Name != stage.Name).Where(other => stage.Surface is null || other.Surface is null || other.Surface == stage.Surface).Select(other => other.Name)];

    /// <summary>False for a step that only measures: what it captures is what guardrails compare with, so they begin after it.</summary>
    public static bool Acts(Step step) => step.Uses != "metric/capture";
}
