using RolloutWorkflows.Activities;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>Whether the run met a change by hand as it should. Pure.</summary>
internal static class Web4DriftReport
{
    /// <summary>What is missing where drift should have been caught and mended.</summary>
    public static List<string> NotCaught(RolloutDetails details)
    {
        List<string> problems = [];
        if (!details.Timeline.Any(entry => entry.Kind == RunLogKind.GlassBroken)) problems.Add("expected the run to be told of the change by hand");
        if (!details.Timeline.Any(entry => entry.Kind == RunLogKind.DriftFound && entry.Message.Contains("the soak is void", StringComparison.Ordinal))) problems.Add("expected the drift to be found and the soak to be void");
        if (!details.Timeline.Any(entry => entry.Kind == RunLogKind.DriftSettled)) problems.Add("expected the value to be set again");
        return problems;
    }

    /// <summary>What is wrong where a rollback should have left a hand-made zero alone.</summary>
    public static List<string> NotLeftAlone(RolloutDetails details, FlagState? flag)
    {
        var problems = new List<string>();
        if (details.Run.State != RunState.RolledBack) problems.Add($"expected the run to be rolled back, got {Words.Of(details.Run.State)}");
        if (!details.Timeline.Any(entry => entry.Kind == RunLogKind.DriftFound)) problems.Add("expected the hand-made 0 % to be found as drift");
        if (details.Run.Rollback?.Effects.Any(effect => effect.Outcome == CompensationOutcome.Drifted) != true) problems.Add("expected the rollback to say that somebody else had changed the flag");
        if (flag is not { Percent: 0 }) problems.Add("expected the hand-made 0 % to stay");
        return problems;
    }
}
