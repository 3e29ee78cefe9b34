namespace RolloutWorkflows.Host;

/// <summary>Where announcements of one audience are posted. The address may be a secret in itself, so it is never logged.</summary>
public sealed record WebhookSettings
{
    public required Uri Url { get; init; }
}
