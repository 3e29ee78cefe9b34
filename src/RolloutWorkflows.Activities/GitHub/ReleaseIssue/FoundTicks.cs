namespace RolloutWorkflows.Activities;

/// <summary>Boxes of people that stand ticked in a release issue, though we did not tick them.</summary>
public sealed record FoundTicks
{
    public required string RunId { get; init; }

    public required GitHubRepository Repository { get; init; }

    /// <summary>The issue's number.</summary>
    public required int Issue { get; init; }

    /// <summary>People's boxes, each ticked.</summary>
    public required IReadOnlyList<IssueTick> Ticks { get; init; }

    /// <summary>The block as we wrote it last, in which none of them was ticked.</summary>
    public required string Written { get; init; }

    /// <summary>The body in which they were found.</summary>
    public required string Body { get; init; }

    /// <summary>When the issue was changed last, as GitHub says.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
