namespace RolloutWorkflows.Host;

/// <summary>What <c>host.json</c> and <c>local.settings.json</c> say, read, checked and with defaults filled in.</summary>
public sealed record HostConfiguration
{
    /// <summary>The <c>extensions.durableTask</c> section, in Durable Functions' words.</summary>
    public DurableTaskSettings DurableTask { get; init; } = new();

    /// <summary>The <c>extensions.rollout</c> section.</summary>
    public RolloutSettings Rollout { get; init; } = new();

    /// <summary>What was understood to be ineffective or misspelt; one sentence each, shown at start.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The value of a setting: of the environment, then of <c>Values</c> in <c>local.settings.json</c>; null where it is in neither.</summary>
    public Func<string, string?> Setting { get; init; } = _ => null;
}
