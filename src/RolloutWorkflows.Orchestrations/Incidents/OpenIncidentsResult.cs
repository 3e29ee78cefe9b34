namespace RolloutWorkflows.Orchestrations;

/// <summary>The open incidents of a run, as far as they are known.</summary>
public sealed record OpenIncidentsResult
{
    public IReadOnlyList<OpenIncident> Open { get; init; } = [];

    /// <summary>Why some could not be looked at; null: all were.</summary>
    public string? Problem { get; init; }

    /// <summary>True where looking again later may help without anybody doing anything.</summary>
    public bool MayPass { get; init; }
}
