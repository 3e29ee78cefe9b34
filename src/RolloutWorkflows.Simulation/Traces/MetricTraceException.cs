namespace RolloutWorkflows.Simulation;

/// <summary>A trace cannot be used. The message says where and why, for people.</summary>
public sealed class MetricTraceException(string message) : Exception(message);
