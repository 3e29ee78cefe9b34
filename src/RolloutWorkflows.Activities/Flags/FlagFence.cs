using System.Text.Json.Serialization;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Where in its run a change stands. The store remembers the highest one per flag and run and refuses lower ones, so
/// that a step which was delayed on its way cannot overwrite the rollback that overtook it.
/// </summary>
public sealed record FlagFence(string RunId, int Epoch, long Sequence)
{
    /// <summary>The surface that the change belongs to, which may go back alone; null: none. The order of changes does not depend on it.</summary>
    [JsonIgnore]
    public string? Surface { get; init; }

    /// <summary>True where this one belongs before the other one of the same run.</summary>
    public bool IsOlderThan(FlagFence other) => (Epoch, Sequence).CompareTo((other.Epoch, other.Sequence)) < 0;
}
