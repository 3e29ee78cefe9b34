namespace RolloutWorkflows.DurableTask;

/// <summary>Reads this engine's additions from an activity context without changing the portable type.</summary>
public static class TaskActivityContextExtensions
{
    /// <summary>The key that is equal in every run of this call, or <see langword="null"/> under another engine.</summary>
    public static string? GetIdempotencyKey(this TaskActivityContext context) => (context as IDurableActivityFeature)?.IdempotencyKey;

    /// <summary>Cancelled when the run should stop: shutdown after its grace time, or termination of the instance. Never cancelled under another engine.</summary>
    public static CancellationToken GetCancellationToken(this TaskActivityContext context) =>
        (context as IDurableActivityFeature)?.CancellationToken ?? CancellationToken.None;
}
