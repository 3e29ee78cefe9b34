namespace RolloutWorkflows.Activities;

/// <summary>How a flag decides.</summary>
public enum FlagKind
{
    /// <summary>On or off for everybody.</summary>
    Boolean,

    /// <summary>On for a share of users, and for the users on the canary's allowlist.</summary>
    Percentage,
}
