namespace RolloutWorkflows.Playbooks;

/// <summary>A named audience: a Slack channel, or a webhook that the host's configuration names. Exactly one is set.</summary>
public sealed record Audience
{
    public string? Slack { get; init; }

    public string? Webhook { get; init; }
}
