namespace RolloutWorkflows.Activities;

/// <summary>
/// Reads files on behalf of a playbook: only those that the host's <c>files</c> grants name. For checks; what changes
/// files is granted with its leases. Thread-safe.
/// </summary>
internal sealed class GrantedFiles(PlaybookFiles files, Grants grants)
{
    /// <summary>The file's text. Throws a <see cref="PlaybookFileException"/> where it is not granted or cannot be used.</summary>
    public Task<string> ReadTextAsync(string playbook, string file, CancellationToken cancellation) => files.ReadTextAsync(Granted(playbook, file), cancellation);

    /// <summary>The file's bytes, at most <see cref="PlaybookFiles.MaximumBytes"/>. Throws a <see cref="PlaybookFileException"/> where it is not granted or cannot be used.</summary>
    public Task<byte[]> ReadBytesAsync(string playbook, string file, CancellationToken cancellation) => files.ReadBytesAsync(Granted(playbook, file), cancellation);

    /// <summary>Opens a file of any size. Throws a <see cref="PlaybookFileException"/> where it is not granted or cannot be used.</summary>
    public Stream OpenRead(string playbook, string file) => files.OpenRead(Granted(playbook, file));

    private string Granted(string playbook, string file) =>
        grants.RefusalOfFile(playbook, file) is { } refusal ? throw new PlaybookFileException(refusal) : file;
}
