namespace RolloutWorkflows.Cli;

/// <summary>The canary of a <see cref="FlagFileEntry"/>.</summary>
internal sealed record FlagFileCanary
{
    public bool Enabled { get; init; }

    public IReadOnlyList<string> Users { get; init; } = [];
}
