namespace RolloutWorkflows.Activities;

/// <summary>The parts of a check of idempotency, in order.</summary>
internal enum IdempotencyPhase
{
    /// <summary>What is there is counted.</summary>
    Counting,

    /// <summary>The request is sent twice with the same key.</summary>
    Replaying,

    /// <summary>The request is sent once more with another key.</summary>
    AnotherKey,
}
