namespace RolloutWorkflows.Orchestrations;

/// <summary>Asks which incidents of these runs are open.</summary>
/// <param name="RunIds">The run, and the one that it took over from.</param>
public sealed record OpenIncidentsRequest(IReadOnlyList<string> RunIds);
