using static RolloutWorkflows.Orchestrations.RunState;
using static RolloutWorkflows.Orchestrations.RunTrigger;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// The one table of a run's states. The orchestration moves only along it, and <c>docs/state-machine.md</c> is
/// generated from it.
/// </summary>
public static class RunTransitions
{
    /// <summary>The states of a run that goes forward.</summary>
    public static readonly IReadOnlyList<RunState> Forward = [Waiting, Checking, AwaitingApproval, Acting, Soaking, Promoting];

    /// <summary>Every legal move.</summary>
    public static readonly IReadOnlyList<RunTransition> Table = [.. Ahead(), .. FromAnywhere(), .. AfterHold(), .. AfterRollback(), .. AfterTheEnd()];

    private static readonly Dictionary<(RunState, RunTrigger), RunState?> Moves = Table.ToDictionary(row => (row.From, row.Trigger), row => row.To);

    /// <summary>True where a run in that state has ended: nothing but a rollback moves it any more.</summary>
    public static bool IsFinal(RunState state) => state is Succeeded or Aborted;

    /// <summary>Whether the trigger counts in that state.</summary>
    public static bool Allows(RunState from, RunTrigger trigger) => Moves.ContainsKey((from, trigger));

    /// <summary>The state that follows.</summary>
    /// <param name="heldIn">The state that a hold interrupted; needed only in <see cref="Holding"/>.</param>
    /// <exception cref="InvalidOperationException">The table has no such move: a bug, since callers ask <see cref="Allows"/> first.</exception>
    public static RunState Next(RunState from, RunTrigger trigger, RunState? heldIn = null) =>
        Moves.TryGetValue((from, trigger), out var to)
            ? to ?? heldIn ?? throw new InvalidOperationException($"Bug in RolloutWorkflows: a run in {from} does not know the state that it was held in.")
            : throw new InvalidOperationException(
                $"Bug in RolloutWorkflows: {trigger} does not count in state {from}; it counts in {string.Join(", ", Table.Where(row => row.Trigger == trigger).Select(row => row.From).Distinct())}.");

    private static IEnumerable<RunTransition> Ahead()
    {
        yield return new(Pending, WindowClosed, Waiting);
        yield return new(Pending, CheckStarted, Checking);
        // The owner is asked before the first stage opens.
        yield return new(Pending, PeopleAsked, AwaitingApproval);
        yield return new(Waiting, WindowClosed, Waiting);
        yield return new(Waiting, CheckStarted, Checking);
        yield return new(Waiting, PeopleAsked, AwaitingApproval);
        yield return new(Waiting, StepsStarted, Acting);
        yield return new(Checking, WindowClosed, Waiting);
        yield return new(Checking, CheckStarted, Checking);
        yield return new(Checking, PeopleAsked, AwaitingApproval);
        yield return new(Checking, StepsStarted, Acting);
        yield return new(AwaitingApproval, CheckStarted, Checking);
        yield return new(AwaitingApproval, WindowClosed, Waiting);
        yield return new(AwaitingApproval, PeopleAsked, AwaitingApproval);
        yield return new(AwaitingApproval, StepsStarted, Acting);
        yield return new(AwaitingApproval, SoakStarted, Soaking);
        yield return new(AwaitingApproval, PromotionStarted, Promoting);
        // A stage whose orchestration broke is tried again from its window and checks on.
        yield return new(Acting, WindowClosed, Waiting);
        yield return new(Soaking, WindowClosed, Waiting);
        yield return new(Acting, CheckStarted, Checking);
        yield return new(Soaking, CheckStarted, Checking);
        yield return new(Acting, StepsStarted, Acting);
        yield return new(Acting, PeopleAsked, AwaitingApproval);
        yield return new(Acting, SoakStarted, Soaking);
        yield return new(Acting, PromotionStarted, Promoting);
        yield return new(Soaking, SoakStarted, Soaking);
        yield return new(Soaking, PeopleAsked, AwaitingApproval);
        yield return new(Soaking, PromotionStarted, Promoting);
        yield return new(Soaking, RunTrigger.Succeed, Succeeded);
        yield return new(Promoting, PromotionStarted, Promoting);
        // An approval that has become too old by then is asked for again.
        yield return new(Promoting, PeopleAsked, AwaitingApproval);
        yield return new(Promoting, WindowClosed, Waiting);
        yield return new(Promoting, CheckStarted, Checking);
        yield return new(Promoting, SoakStarted, Soaking);
        yield return new(Promoting, RunTrigger.Succeed, Succeeded);
    }

    private static IEnumerable<RunTransition> FromAnywhere()
    {
        foreach (var state in Forward.Prepend(Pending))
        {
            yield return new(state, Hold, Holding);
            yield return new(state, RunTrigger.Rollback, RollingBack);
            yield return new(state, RunTrigger.Abort, Aborted);
            yield return new(state, SurfaceWaits, RolledBack);
        }
    }

    private static IEnumerable<RunTransition> AfterHold()
    {
        yield return new(Holding, RunTrigger.Resume, null);
        yield return new(Holding, RunTrigger.Rollback, RollingBack);
        yield return new(Holding, RunTrigger.Abort, Aborted);
    }

    private static IEnumerable<RunTransition> AfterRollback()
    {
        yield return new(RollingBack, RollbackFinished, RolledBack);
        yield return new(RollingBack, RunTrigger.Abort, Aborted);
        yield return new(RolledBack, RunTrigger.Retry, Checking);
        yield return new(RolledBack, RunTrigger.Rollback, RollingBack);
        yield return new(RolledBack, RunTrigger.Abort, Aborted);
    }

    private static IEnumerable<RunTransition> AfterTheEnd()
    {
        yield return new(Succeeded, RunTrigger.Rollback, RollingBack);
        yield return new(Aborted, RunTrigger.Rollback, RollingBack);
        // Only a surface goes back then; the rest stays as it ended.
        yield return new(Succeeded, SurfaceWaits, RolledBack);
        yield return new(Aborted, SurfaceWaits, RolledBack);
    }
}
