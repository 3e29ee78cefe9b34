using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>How an execution continues as new.</summary>
/// <param name="Input">Serialised input of the new execution.</param>
/// <param name="Version">Its version.</param>
/// <param name="Inherited">Events that go over to it, in order.</param>
internal sealed record Continuation(string? Input, string Version, IReadOnlyList<HistoryEvent> Inherited);
