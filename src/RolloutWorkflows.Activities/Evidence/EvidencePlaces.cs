namespace RolloutWorkflows.Activities;

/// <summary>The places to which this host exports evidence, for those who look after it. Thread-safe.</summary>
public sealed class EvidencePlaces
{
    private readonly IReadOnlyList<IEvidencePlace> used;

    internal EvidencePlaces(IEnumerable<IEvidencePlace> all) => used = [.. all.Where(place => place.IsUsed)];

    /// <summary>Whether documents could be written to each now; changes nothing that lasts.</summary>
    public async Task<IReadOnlyList<EvidencePlaceFinding>> ExamineAsync(CancellationToken cancellation = default) =>
        await Task.WhenAll(used.Select(place => place.ExamineAsync(cancellation)));
}
