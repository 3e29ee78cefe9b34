namespace RolloutWorkflows.Counterparts;

/// <summary>A label at the fake GitHub.</summary>
public sealed record FakeLabel(long Id, string Name, string Color, string? Description);
