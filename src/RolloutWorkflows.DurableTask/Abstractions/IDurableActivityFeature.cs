namespace RolloutWorkflows.DurableTask;

/// <summary>
/// What this engine tells an activity beyond the portable <see cref="TaskActivityContext"/>. Contexts created by the
/// engine implement it; read it through <see cref="TaskActivityContextExtensions"/>, which also works elsewhere.
/// </summary>
public interface IDurableActivityFeature
{
    /// <summary>Equal in every run of one call and different for every other call: <c>instance/execution/taskId</c>.</summary>
    string IdempotencyKey { get; }

    /// <summary>How many runs of this call were cut off by a crash before; 0 in the first run.</summary>
    int PreviousAttempts { get; }

    /// <summary>Cancelled when the engine stops and its grace time is over, or when the instance is terminated.</summary>
    CancellationToken CancellationToken { get; }

    /// <summary>Tags of the calling orchestration, with those of the call on top.</summary>
    IReadOnlyDictionary<string, string> Tags { get; }
}
