namespace RolloutWorkflows.Activities;

/// <summary>The webhooks of this host, by the names that playbooks use. Register it as a singleton before the activities. Addresses may be secrets: they are never logged.</summary>
public sealed record AnnouncementOptions
{
    /// <summary>Absolute http or https addresses that take a POST with a JSON body.</summary>
    public IReadOnlyDictionary<string, Uri> Webhooks { get; init; } = new Dictionary<string, Uri>();
}
