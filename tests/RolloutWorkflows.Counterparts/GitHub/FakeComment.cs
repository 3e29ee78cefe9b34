namespace RolloutWorkflows.Counterparts;

/// <summary>A comment at the fake GitHub.</summary>
public sealed class FakeComment
{
    public required long Id { get; init; }

    public required FakeAccount Author { get; init; }

    /// <summary>The App through which it was written.</summary>
    public FakeApp? Via { get; init; }

    public required string Body { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Who reacted, and how.</summary>
    public List<(FakeAccount By, string Content)> Reactions { get; } = [];
}
