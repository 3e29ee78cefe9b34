namespace RolloutWorkflows.Host;

/// <summary>What a look at one thing found.</summary>
public enum Health
{
    Ok,

    /// <summary>It works, and something about it wants attention.</summary>
    Warn,

    /// <summary>It does not work.</summary>
    Fail,
}
