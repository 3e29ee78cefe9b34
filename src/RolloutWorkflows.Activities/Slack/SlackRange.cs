namespace RolloutWorkflows.Activities;

/// <summary>Which messages are read.</summary>
public sealed record SlackRange
{
    public required string Channel { get; init; }

    /// <summary>The <c>ts</c> of the thread; needed for replies.</summary>
    public string? Thread { get; init; }

    /// <summary>Only messages after this <c>ts</c>; null: from the beginning.</summary>
    public string? Oldest { get; init; }

    /// <summary>The <see cref="SlackMessages.Next"/> of an earlier answer.</summary>
    public string? Cursor { get; init; }

    /// <summary>At most so many, up to 200.</summary>
    public int Limit { get; init; } = 200;
}
