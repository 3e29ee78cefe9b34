namespace RolloutWorkflows.Playbooks;

/// <summary>One person's identities. Numeric and opaque ids, never display names, which can be taken over.</summary>
public sealed record Person
{
    public string? Name { get; init; }

    /// <summary>GitHub's numeric user id.</summary>
    public long? GitHub { get; init; }

    /// <summary>Slack's <c>TEAM/USER</c>.</summary>
    public string? Slack { get; init; }
}
