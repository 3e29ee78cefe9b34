namespace RolloutWorkflows.Orchestrations;

/// <summary>What became of an effect.</summary>
public enum EffectState
{
    /// <summary>Written before it was sent; if it stays so, reading back settles what happened.</summary>
    Intended,

    /// <summary>Set and read back.</summary>
    Applied,

    /// <summary>The prior value stands again and was read back.</summary>
    Compensated,

    /// <summary>It cannot be undone, or was declared to stay.</summary>
    LeftInPlace,

    /// <summary>Somebody else had changed the target; exposure was not raised.</summary>
    Drifted,
}
