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
    Rollback,

    /// <summary>Ends the run where it stands and changes nothing.</summary>
    Abort,

    /// <summary>Adds a remark to the record.</summary>
    Annotate,
}
