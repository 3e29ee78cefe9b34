namespace Phase2Api;

/// <summary>One run of an agent.</summary>
internal sealed record Run(string Id, string Agent, string State, string Priority);
