namespace RolloutWorkflows.Playbooks;

/// <summary>The GitHub release issue: created with these labels, or an existing number adopted.</summary>
public sealed record ReleaseIssueChannel
{
    /// <summary><c>owner/name</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>An existing issue, as a number or an expression; null: created.</summary>
    public string? Number { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = [];
}
