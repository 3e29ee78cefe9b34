namespace RolloutWorkflows.Counterparts;

/// <summary>A status of a commit at the fake GitHub.</summary>
public sealed record FakeStatus(string Context, string Sha, string State, DateTimeOffset UpdatedAt);
