namespace RolloutWorkflows.Counterparts;

/// <summary>A deployment's status at the fake GitHub.</summary>
public sealed record FakeDeploymentStatus(long Id, string State, string Description, string LogUrl, string EnvironmentUrl, FakeAccount Creator, DateTimeOffset CreatedAt);
