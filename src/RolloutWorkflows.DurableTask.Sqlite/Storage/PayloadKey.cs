namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Names one value that may be too large for its row.</summary>
/// <param name="Instance">The instance's number.</param>
/// <param name="Kind">Which of its values.</param>
/// <param name="Execution">The execution, where values of several can exist at once.</param>
/// <param name="N">The turn, task or message, where there are several.</param>
internal readonly record struct PayloadKey(long Instance, PayloadKind Kind, string Execution = "", long N = 0);
