namespace RolloutWorkflows.Activities;

/// <summary>A metric source that answers a GET with a JSON document.</summary>
public sealed record JsonHttpSource : HttpSource;
