namespace RolloutWorkflows.Playbooks;

/// <summary>A Slack channel by its id.</summary>
public sealed record SlackChannel
{
    public required string Channel { get; init; }
}
