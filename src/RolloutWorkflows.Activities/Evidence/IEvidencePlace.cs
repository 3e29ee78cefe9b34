namespace RolloutWorkflows.Activities;

/// <summary>Somewhere outside where evidence is kept. Thread-safe.</summary>
internal interface IEvidencePlace
{
    /// <summary>The place's word in the configuration, which also names its lane: <c>folder</c>, <c>azureBlob</c>. No colon in it.</summary>
    string Name { get; }

    /// <summary>True where the host's configuration names it.</summary>
    bool IsUsed { get; }

    /// <summary>Writes one file of a run. One that stands there with the same content is left alone; writing it again does no harm.</summary>
    /// <returns>Null: it stands there. Otherwise why not, in one sentence without secrets.</returns>
    Task<string?> WriteAsync(string runId, EvidenceFile file, CancellationToken cancellation);

    /// <summary>Whether files could be written now; changes nothing that lasts.</summary>
    Task<EvidencePlaceFinding> ExamineAsync(CancellationToken cancellation);
}
