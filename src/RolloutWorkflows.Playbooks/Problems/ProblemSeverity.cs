namespace RolloutWorkflows.Playbooks;

/// <summary>Whether a problem stops a playbook from being used.</summary>
public enum ProblemSeverity
{
    /// <summary>Worth a look; the playbook can be used.</summary>
    Warning,

    /// <summary>The playbook or the inputs cannot be used.</summary>
    Error,
}
