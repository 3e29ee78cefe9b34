using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>The answer of <c>PUT /flags/{flag}</c>.</summary>
public sealed record FlagChanged
{
    /// <summary>Null where the flag did not exist.</summary>
    public FlagState? Before { get; init; }

    public required FlagState After { get; init; }

    /// <summary>False where it stood so already.</summary>
    public required bool Changed { get; init; }
}
