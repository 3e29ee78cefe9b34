namespace RolloutWorkflows.Activities;

/// <summary>Keeps evidence in a folder, one folder below it for each run.</summary>
internal sealed class EvidenceFolder(EvidenceOptions options) : IEvidencePlace
{
    public string Name => "folder";

    public bool IsUsed => options.Folder is not null;

    public Task<string?> WriteAsync(string runId, EvidenceFile file, CancellationToken cancellation) =>
        EvidenceFiles.WriteAsync(Path.Combine(options.Folder!, runId), file, cancellation);

    public Task<EvidencePlaceFinding> ExamineAsync(CancellationToken cancellation)
    {
        var probe = Path.Combine(options.Folder!, $".doctor-{Guid.CreateVersion7():N}");
        try
        {
            Directory.CreateDirectory(options.Folder!);
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return Task.FromResult(new EvidencePlaceFinding(Name, true, $"{options.Folder} can be written"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(new EvidencePlaceFinding(Name, false, $"{options.Folder} cannot be written: {error.Message}"));
        }
    }
}
