namespace RolloutWorkflows.Orchestrations;

/// <summary>How a step ended.</summary>
public enum StepVerdict
{
    /// <summary>Done, or the answer is yes.</summary>
    Passed,

    /// <summary>It ran and the answer is no. Rolls back by default.</summary>
    Failed,

    /// <summary>It could not be done or answered. Holds.</summary>
    Errored,

    /// <summary>Its condition was false, so it was left out.</summary>
    Skipped,

    /// <summary>Not decided yet: the result carries the question to people, or says when to call again.</summary>
    Waiting,
}
