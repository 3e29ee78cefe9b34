namespace RolloutWorkflows.DurableTask.Execution;

/// <summary>Name of the worker whose tasks and settings the engine uses.</summary>
internal sealed record EmbeddedWorkerName(string Name);
