namespace RolloutWorkflows.Orchestrations;

/// <summary>A run that had ended and is to be rolled back after all.</summary>
public sealed record ReopenedRun
{
    public required RunMemory Memory { get; init; }

    /// <summary>The command that asks for it, sealed by the trigger.</summary>
    public required RunCommand Command { get; init; }
}
