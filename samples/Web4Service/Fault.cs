namespace Web4Service;

/// <summary>
/// The bug in the new code. It hits by who asks, as real bugs do: the accounts of one cohort break it, so that nothing
/// is wrong until the rollout reaches that cohort, and everything is well again once it no longer does.
/// </summary>
internal static class Fault
{
    /// <summary>True where the new code breaks for this user.</summary>
    public static bool Hits(FaultStage stage, FlagAnswer answer) => answer.Value && (stage, answer.Reason) switch
    {
        (FaultStage.Canary, "canary") => true,
        // Trusted users of the canary keep their old accounts, which no other variant of the bug touches.
        (_, "canary") => false,
        (FaultStage.OnePercent, _) => IsWithin(answer, 0, 1),
        (FaultStage.TenPercent, _) => IsWithin(answer, 1, 10),
        (FaultStage.FiftyPercent, _) => IsWithin(answer, 10, 50),
        (FaultStage.Full, _) => IsWithin(answer, 50, 100),
        _ => false,
    };

    // Buckets count thousandths of a percent.
    private static bool IsWithin(FlagAnswer answer, int fromPercent, int toPercent) =>
        answer.Bucket >= fromPercent * 1000 && answer.Bucket < toPercent * 1000;
}
