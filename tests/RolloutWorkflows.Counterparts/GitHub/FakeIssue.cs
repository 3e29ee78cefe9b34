namespace RolloutWorkflows.Counterparts;

/// <summary>An issue at the fake GitHub.</summary>
public sealed class FakeIssue
{
    public required long Id { get; init; }

    public required int Number { get; init; }

    public required string Title { get; set; }

    public required string Body { get; set; }

    public required FakeAccount Author { get; init; }

    public bool Open { get; set; } = true;

    public List<string> Labels { get; } = [];

    public int? Milestone { get; set; }

    public bool IsPullRequest { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public List<FakeComment> Comments { get; } = [];

    /// <summary>Oldest first, the creation among them; empty until the text is edited.</summary>
    public List<FakeBodyEdit> Edits { get; } = [];
}
