namespace RolloutWorkflows.Activities;

/// <summary>What an ended run's rollbacks took.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Rollbacks">One entry per rollback that ended, oldest first.</param>
internal sealed record RunRecovery(string RunId, IReadOnlyList<RecoveryTimes> Rollbacks)
{
    /// <summary>The mean time to detect in seconds; null where no guardrail sent it back.</summary>
    public double? Mttd => Mean(Rollbacks.Select(rollback => rollback.Detected));

    /// <summary>The mean time to restore in seconds; null where it was never sent back.</summary>
    public double? Mttr => Mean(Rollbacks.Select(rollback => rollback.Took));

    /// <summary>The mean in seconds of what is known; null where nothing is.</summary>
    public static double? Mean(IEnumerable<TimeSpan?> spans) => spans.OfType<TimeSpan>().Select(span => span.TotalSeconds).Cast<double?>().DefaultIfEmpty(null).Average();
}
