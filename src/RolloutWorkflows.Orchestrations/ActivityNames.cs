namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// The names of the activities that the orchestrations call beside the step kinds, which are called by their own
/// names (<c>flag/rollout</c>). Names are stored in histories: once released they never change.
/// </summary>
public static class ActivityNames
{
    /// <summary>Appends one <see cref="RunLogEntry"/>; returns nothing.</summary>
    public const string Record = "run/record";

    /// <summary>Measures all due guardrails at once: <see cref="MeasureRequest"/> to <see cref="MeasureResult"/>.</summary>
    public const string Measure = "guardrails/measure";

    /// <summary>Raises the run's epoch and lists what is to be undone: <see cref="RollbackRequest"/> to <see cref="RollbackWork"/>.</summary>
    public const string BeginRollback = "effects/begin-rollback";

    /// <summary>Names what other runs have changed or hold of what a run changed, and otherwise leases it to the run again: <see cref="LaterChangesRequest"/> to sentences.</summary>
    public const string FindLaterChanges = "effects/find-later-changes";

    /// <summary>Undoes one effect and reads it back: <see cref="CompensationRequest"/> to <see cref="CompensationResult"/>.</summary>
    public const string Compensate = "effects/compensate";

    /// <summary>Reads back every live effect of a run, given by its id: <see cref="ReadBackResult"/>.</summary>
    public const string ReadBack = "effects/read-back";

    /// <summary>Lets the values stand that people accepted: <see cref="DriftSettlement"/> to <see cref="DriftSettled"/>.</summary>
    public const string AcceptDrift = "effects/accept-drift";

    /// <summary>Sets the run's own values again: <see cref="DriftSettlement"/> to <see cref="DriftSettled"/>.</summary>
    public const string SetAgain = "effects/set-again";

    /// <summary>Frees what an ended run, given by its id, still leases; returns nothing.</summary>
    public const string ReleaseLeases = "leases/release";

    /// <summary>Keeps baselines of one run for another as well: <see cref="TakeCapturesRequest"/>; returns nothing.</summary>
    public const string TakeCaptures = "captures/take-over";

    /// <summary>Finds out what people need to decide a question: <see cref="DecisionFactsRequest"/> to <see cref="DecisionFacts"/>. Changes nothing.</summary>
    public const string GatherFacts = "approvals/gather-facts";

    /// <summary>Tells people that a guardrail spoke or that the run needs them: <see cref="Notice"/>; returns nothing.</summary>
    public const string Notify = "run/notify";

    /// <summary>Looks which incidents of runs are open: <see cref="OpenIncidentsRequest"/> to <see cref="OpenIncidentsResult"/>.</summary>
    public const string FindOpenIncidents = "incidents/find-open";

    /// <summary>Takes one look at an environment of GitHub Actions that waits for a run: <see cref="ProtectionInput"/> to <see cref="ProtectionLook"/>.</summary>
    public const string AnswerProtectionRule = "github/answer-protection-rule";

    /// <summary>Brings one lane of a run's outbox as far as it goes now: <see cref="OutboxLaneInput"/> to <see cref="LaneProgress"/>.</summary>
    public const string Deliver = "outbox/deliver";
}
