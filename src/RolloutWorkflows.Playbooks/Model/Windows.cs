namespace RolloutWorkflows.Playbooks;

/// <summary>When a stage may open. A closed window makes it wait, never fail; deny wins over allow.</summary>
public sealed record Windows
{
    /// <summary>An IANA time zone such as <c>Europe/Berlin</c>; default UTC.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Empty: always allowed.</summary>
    public IReadOnlyList<WindowRule> Allow { get; init; } = [];

    public IReadOnlyList<WindowRule> Deny { get; init; } = [];
}
