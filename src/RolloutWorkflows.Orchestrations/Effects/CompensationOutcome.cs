namespace RolloutWorkflows.Orchestrations;

/// <summary>How undoing an effect ended.</summary>
public enum CompensationOutcome
{
    /// <summary>The prior value was set and read back.</summary>
    Restored,

    /// <summary>The prior value stood there already.</summary>
    AlreadyPrior,

    /// <summary>Somebody else had changed it: the lower exposure was kept, and the run holds.</summary>
    Drifted,

    /// <summary>Irreversible, or declared to stay.</summary>
    LeftInPlace,

    /// <summary>It did not work; it is tried again until it does.</summary>
    Blocked,
}
