namespace RolloutWorkflows.Activities;

/// <summary>What a step would do to its target as it stands, for people.</summary>
internal sealed record EffectForecast(string Target, string From, string To);
