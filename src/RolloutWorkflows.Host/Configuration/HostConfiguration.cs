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
}
