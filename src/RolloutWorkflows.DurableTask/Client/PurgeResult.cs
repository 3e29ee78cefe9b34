namespace RolloutWorkflows.DurableTask.Client;

/// <summary>What a purge removed.</summary>
public class PurgeResult
{
    /// <param name="count">Removed instances.</param>
    public PurgeResult(int count)
        : this(count, null)
    {
    }

    /// <param name="count">Removed instances.</param>
    /// <param name="isComplete">Whether nothing that matches is left, if known.</param>
    public PurgeResult(int count, bool? isComplete)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        PurgedInstanceCount = count;
        IsComplete = isComplete;
    }

    /// <summary>Removed instances.</summary>
    public int PurgedInstanceCount { get; }

    /// <summary>Whether nothing that matches is left, if known.</summary>
    public bool? IsComplete { get; }
}
