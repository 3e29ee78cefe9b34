namespace RolloutWorkflows.Activities;

/// <summary>What the journal says to an intent.</summary>
public enum EffectIntentOutcome
{
    /// <summary>Written now: it may be sent.</summary>
    Written,

    /// <summary>Written before, by an earlier delivery of the same step: read back first.</summary>
    Known,

    /// <summary>The run's epoch is higher: it must not be sent.</summary>
    Refused,
}
