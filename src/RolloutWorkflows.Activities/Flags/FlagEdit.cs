namespace RolloutWorkflows.Activities;

/// <summary>The changes that a flag allows, for <see cref="FlagChange.Apply"/>. Each creates the flag where there is none, and throws a <see cref="FlagEditException"/> where the flag is of another kind.</summary>
public static class FlagEdit
{
    /// <summary>On or off for everybody.</summary>
    public static Func<FlagState?, FlagState> Enabled(string flag, bool enabled) =>
        present => (present ?? new FlagState { Name = flag, Kind = FlagKind.Boolean }) with { Enabled = enabled };

    /// <summary>The share of users, 0–100.</summary>
    public static Func<FlagState?, FlagState> Percent(string flag, double percent) =>
        present => PercentageFlag(present, flag) with { Percent = percent };

    /// <summary>The canary as a whole.</summary>
    public static Func<FlagState?, FlagState> Canary(string flag, FlagCanary canary) =>
        present => PercentageFlag(present, flag) with { Canary = canary };

    /// <summary>The canary on or off; the allowlist stays.</summary>
    public static Func<FlagState?, FlagState> CanaryEnabled(string flag, bool enabled) =>
        present => PercentageFlag(present, flag) is var found ? found with { Canary = found.Canary with { Enabled = enabled } } : found;

    /// <summary>Puts users on the canary's allowlist.</summary>
    public static Func<FlagState?, FlagState> AddToCanary(string flag, IEnumerable<string> users) =>
        present => PercentageFlag(present, flag) is var found ? found with { Canary = FlagCanary.Of(found.Canary.Enabled, found.Canary.Users.Concat(users)) } : found;

    /// <summary>Takes users off the canary's allowlist.</summary>
    public static Func<FlagState?, FlagState> RemoveFromCanary(string flag, IEnumerable<string> users) =>
        present => PercentageFlag(present, flag) is var found ? found with { Canary = FlagCanary.Of(found.Canary.Enabled, found.Canary.Users.Except(users)) } : found;

    private static FlagState PercentageFlag(FlagState? present, string flag) => present switch
    {
        null => new FlagState { Name = flag, Kind = FlagKind.Percentage },
        { Kind: FlagKind.Percentage } => present,
        _ => throw new FlagEditException($"flag '{flag}' is a boolean flag: it has no percentage and no canary; turn it on or off with flag/set, or use another flag"),
    };
}
