namespace RolloutWorkflows.Orchestrations;

/// <summary>One metric's baseline, by the name under which it was captured.</summary>
public sealed record TakenCapture(string Capture, string Metric);
