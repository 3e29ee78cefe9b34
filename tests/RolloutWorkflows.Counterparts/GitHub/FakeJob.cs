namespace RolloutWorkflows.Counterparts;

/// <summary>A job of a workflow run at the fake GitHub.</summary>
public sealed record FakeJob(long Id, string Name, string Status, string? Conclusion);
