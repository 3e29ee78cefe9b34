using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests;

/// <summary>
/// Lets a run break right after one of its steps and looks whether everything is as it was before the run. What comes after
/// the step is left out of the playbook, so that the breach finds exactly what had been done by then.
/// </summary>
internal static class RollbackEverywhere
{
    /// <param name="run">The run of the playbook up to the step, just started, with what there was before.</param>
    /// <param name="stage">The stage that breaks.</param>
    /// <param name="breach">Makes a guardrail's limit be exceeded.</param>
    /// <param name="leftOut">Files that keep what was written, by their path in the host's folder.</param>
    public static async Task CheckAsync(ShippedRollout run, string stage, Func<Task> breach, params IReadOnlyList<string> leftOut)
    {
        await run.UntilAsync(at => at.Stage == stage && at.State == RunState.Soaking, $"the soak of {stage}", skipsSoaks: true);

        await breach();
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");
        var report = (await run.Scenario.StatusAsync()).Rollback!;
        Assert.Equal(Actors.Rollout, report.Actor);

        // A stage that goes back alone leaves what earlier stages did; people take that back as well.
        await run.Scenario.WhenAsync(RunVerb.Rollback, "root", "everything back", isAdmin: true, to: "start");
        await run.UntilAsync(at => at.State == RunState.RolledBack, "everything back");
        var after = await run.WorldAsync();
        Assert.Equal(run.WorldBefore.Where(Compared), after.Where(Compared));

        bool Compared(KeyValuePair<string, string> thing) => !leftOut.Contains(thing.Key);
    }
}
