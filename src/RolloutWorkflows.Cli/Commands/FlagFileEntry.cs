using RolloutWorkflows.Activities;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary>One flag of a <see cref="FlagFile"/>.</summary>
internal sealed record FlagFileEntry
{
    public required string Name { get; init; }

    public FlagKind Kind { get; init; } = FlagKind.Percentage;

    public bool Enabled { get; init; } = true;

    /// <summary>Null for flags without percentages.</summary>
    public double? Percent { get; init; }

    /// <summary>Null for flags without a canary: it then stays as it is.</summary>
    public FlagFileCanary? Canary { get; init; }

    /// <summary>The change that makes a flag stand so.</summary>
    public ChangeFlagRequest AsChange() => new()
    {
        Enabled = Enabled,
        Percent = Kind == FlagKind.Percentage ? Percent : null,
        Canary = Kind == FlagKind.Percentage && Canary is { } canary ? new ChangeCanary { Enabled = canary.Enabled, Users = canary.Users } : null,
    };
}
