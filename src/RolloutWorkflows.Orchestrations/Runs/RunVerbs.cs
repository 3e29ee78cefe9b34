using static RolloutWorkflows.Orchestrations.RunState;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Which commands count in which state, and how they are written. Pure; a rollback counts in every state, abort in every one but a final.</summary>
public static class RunVerbs
{
    /// <summary>The commands that a run would accept now.</summary>
    /// <param name="choices">What a stuck stage lets people choose; empty where it is not stuck.</param>
    /// <param name="hasOpenApprovals">Whether a question is open.</param>
    public static IReadOnlyList<RunVerb> Accepted(RunState state, IReadOnlyList<RunVerb> choices, bool hasOpenApprovals) =>
        [.. Enum.GetValues<RunVerb>().Where(verb => Accepts(state, verb, choices, hasOpenApprovals))];

    /// <summary>The command as people write it and as routes, records and answers name it: <c>approve</c>.</summary>
    public static string Word(RunVerb verb) => verb.ToString().ToLowerInvariant();

    /// <summary>Whether the command goes past a rule or only adds a remark, so that it is worth nothing without a reason.</summary>
    public static bool NeedsReason(RunVerb verb) => verb is RunVerb.Promote or RunVerb.Ignore or RunVerb.Override or RunVerb.Annotate;

    private static bool Accepts(RunState state, RunVerb verb, IReadOnlyList<RunVerb> choices, bool hasOpenApprovals) => verb switch
    {
        _ when RunTransitions.IsFinal(state) => verb == RunVerb.Rollback,
        RunVerb.Approve or RunVerb.Reject => hasOpenApprovals,
        RunVerb.Hold => RunTransitions.Allows(state, RunTrigger.Hold),
        RunVerb.Resume => state == Holding && choices.Count == 0,
        RunVerb.Promote => state == Soaking,
        RunVerb.Retry => state == RolledBack || (state == Holding && choices.Contains(RunVerb.Retry)),
        RunVerb.Ignore => state == Holding && choices.Contains(RunVerb.Ignore),
        RunVerb.Override => state == Waiting || (state == Holding && choices.Contains(RunVerb.Override)),
        _ => true,
    };
}
