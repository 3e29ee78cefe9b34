namespace RolloutWorkflows.Playbooks;

/// <summary>One recurring (<c>days</c>, <c>hours</c>) or one-off (<c>from</c>, <c>to</c>) span. Texts may hold expressions until a run starts.</summary>
public sealed record WindowRule
{
    /// <summary>Days such as <c>mon-thu</c> or <c>sat,sun</c>; null: every day.</summary>
    public string? Days { get; init; }

    /// <summary>Local hours such as <c>09:00-16:00</c>; null: the whole day.</summary>
    public string? Hours { get; init; }

    /// <summary>First date or moment, inclusive.</summary>
    public string? From { get; init; }

    /// <summary>Last date (inclusive) or moment.</summary>
    public string? To { get; init; }

    public string? Reason { get; init; }
}
