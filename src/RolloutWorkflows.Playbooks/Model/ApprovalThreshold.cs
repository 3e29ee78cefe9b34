using System.Text.Json.Serialization;

namespace RolloutWorkflows.Playbooks;

/// <summary>How many must approve: a count, all, or a fraction of the electorate, rounded up.</summary>
public sealed record ApprovalThreshold
{
    public static readonly ApprovalThreshold One = new() { Count = 1 };

    public static readonly ApprovalThreshold All = new() { Numerator = 1, Denominator = 1 };

    /// <summary>A fixed number of people; null where it is a fraction.</summary>
    public int? Count { get; init; }

    public int? Numerator { get; init; }

    public int? Denominator { get; init; }

    /// <summary>True for <c>all</c> and fractions, which are shares of the electorate.</summary>
    [JsonIgnore]
    public bool IsShare => Count is null;

    /// <summary>The number of approvals needed of an electorate of that size.</summary>
    public int NeededOf(int electorate) => Count ?? (electorate * Numerator!.Value + Denominator!.Value - 1) / Denominator!.Value;

    public override string ToString() =>
        Count is { } count ? $"{count}" : Numerator == Denominator ? "all" : $"{Numerator}/{Denominator}";
}
