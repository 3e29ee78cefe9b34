namespace RolloutWorkflows.Orchestrations;

/// <summary>What a run can be told.</summary>
public enum RunVerb
{
    Approve,
    Reject,
    Hold,
    Resume,

    /// <summary>Ends the remaining soak, and nothing else.</summary>
    Promote,

    /// <summary>Tries again what failed: a check, a step, or a rolled-back stage.</summary>
    Retry,

    /// <summary>Goes on past a failed check; never past a sign-off, an approval or a Failed guardrail.</summary>
    Ignore,

    /// <summary>Opens a closed window for the stage that waits for it, until it would open by itself.</summary>
    Override,
    Rollback,

    /// <summary>Ends the run where it stands and changes nothing; while it rolls back, only an admin may.</summary>
    Abort,

    /// <summary>Makes another person the owner.</summary>
    Handover,

    /// <summary>Adds a remark to the record.</summary>
    Annotate,
}
