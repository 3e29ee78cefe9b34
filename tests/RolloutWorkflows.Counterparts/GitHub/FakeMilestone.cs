namespace RolloutWorkflows.Counterparts;

/// <summary>A milestone at the fake GitHub.</summary>
public sealed record FakeMilestone(long Id, int Number, string Title, string? Description, DateTimeOffset? DueOn, FakeAccount Creator, DateTimeOffset CreatedAt);
