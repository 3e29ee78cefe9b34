namespace RolloutWorkflows.Orchestrations;

/// <summary>Names that stand in the record where no person acted.</summary>
public static class Actors
{
    /// <summary>What the run did by itself.</summary>
    public const string Rollout = "rollout";
}
