namespace RolloutWorkflows.DurableTask;

/// <summary>Name and version under which a task is registered.</summary>
internal readonly record struct TaskKey(TaskName Name, TaskVersion Version);
