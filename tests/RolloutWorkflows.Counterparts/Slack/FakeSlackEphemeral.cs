using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>A message that one person saw.</summary>
public sealed record FakeSlackEphemeral(string Channel, string User, string? Thread, string Text, JsonArray? Blocks);
