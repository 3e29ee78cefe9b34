using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The files below one folder that playbooks may read or change. Nothing outside of it is reached, neither by
/// <c>..</c> nor by a link. A file is replaced in one go, by a rename, so that whoever reads it finds the old text or
/// the new one. What is granted to which playbook is not looked at here: see <see cref="GrantedFiles"/>. Thread-safe;
/// one per process.
/// </summary>
internal sealed class PlaybookFiles(PlaybookFileOptions options) : IDisposable
{
    /// <summary>The most bytes of a file that is read as a whole.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SemaphoreSlim _oneWriter = new(1, 1);

    /// <summary>The file's text, all of it. Throws a <see cref="PlaybookFileException"/> where it cannot be used.</summary>
    public async Task<string> ReadTextAsync(string file, CancellationToken cancellation) => Decode(file, await ReadBytesAsync(file, cancellation));

    /// <summary>The file's bytes, at most <see cref="MaximumBytes"/>. Throws a <see cref="PlaybookFileException"/> where it cannot be used.</summary>
    public Task<byte[]> ReadBytesAsync(string file, CancellationToken cancellation) => ReadBytesAsync(file, PathOf(file), cancellation);

    /// <summary>Opens a file of any size, such as an artifact. Throws a <see cref="PlaybookFileException"/> where it cannot be used.</summary>
    public Stream OpenRead(string file) => new FileStream(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 128 * 1024, useAsync: true);

    /// <summary>
    /// Replaces the file's text by what <paramref name="change"/> makes of it, while no other step of this host changes
    /// one; null: it stays. The file must exist. What <paramref name="change"/> throws passes through.
    /// </summary>
    public Task ChangeTextAsync(string file, Func<string, Task<string?>> change, CancellationToken cancellation) => ChangeTextsAsync(
        [file],
        async texts => await change(texts[file]) is { } wanted ? new Dictionary<string, string> { [file] = wanted } : null,
        cancellation);

    /// <summary>
    /// Replaces the texts of several files by those that <paramref name="change"/> returns; null: all stay, and so does one
    /// that is not returned. Each file is replaced in one go, one after the other, while no other step of this host changes
    /// one. All must exist. What <paramref name="change"/> throws passes through.
    /// </summary>
    public async Task ChangeTextsAsync(
        IReadOnlyList<string> files, Func<IReadOnlyDictionary<string, string>, Task<IReadOnlyDictionary<string, string>?>> change, CancellationToken cancellation)
    {
        await _oneWriter.WaitAsync(cancellation);
        try
        {
            var before = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var file in files) before[file] = await ReadBytesAsync(file, cancellation);
            if (await change(before.ToDictionary(pair => pair.Key, pair => Decode(pair.Key, pair.Value))) is not { } wanted) return;
            foreach (var file in files.Where(wanted.ContainsKey))
            {
                var bytes = Utf8.GetBytes(wanted[file]);
                if (!bytes.AsSpan().SequenceEqual(before[file])) await ReplaceAsync(file, PathOf(file), before[file], bytes, cancellation);
            }
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    /// <summary>The absolute path of a file that exists. Throws a <see cref="PlaybookFileException"/> where it cannot be used.</summary>
    public string PathOf(string file) =>
        Resolve(file) is var path && File.Exists(path) ? path : throw new PlaybookFileException($"file {file} does not exist in {options.Root}");

    /// <summary>The absolute path of a folder that exists. Throws a <see cref="PlaybookFileException"/> where it cannot be used.</summary>
    public string PathOfFolder(string folder) =>
        Resolve(folder) is var path && Directory.Exists(path) ? path : throw new PlaybookFileException($"folder {folder} does not exist in {options.Root}");

    public void Dispose() => _oneWriter.Dispose();

    private string Resolve(string file)
    {
        if (options.Root is not { } root)
            throw new PlaybookFileException($"file {file}: this host lets no playbook read or change files. Name their folder in its configuration: rollout.files");
        var parts = file.Split('/');
        if (file.Contains('\\', StringComparison.Ordinal) || file.Any(char.IsControl) || parts.Any(part => part is "" or "." or ".."))
            throw new PlaybookFileException($"'{file}' is no path of a file: expected one inside the host's folder, such as web.env or web/production.env, without '..'");
        var path = root;
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null) throw new PlaybookFileException($"file {file}: '{part}' is a symbolic link, and links are not followed");
        }

        return path;
    }

    private static async Task ReplaceAsync(string file, string path, byte[] before, byte[] bytes, CancellationToken cancellation)
    {
        // Always the same name: what a killed server left half-written goes with the next write.
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.rollout.tmp");
        File.Delete(temporary);
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(path));
                await stream.WriteAsync(bytes, cancellation);
                stream.Flush(flushToDisk: true);
            }

            if (!(await ReadBytesAsync(file, path, cancellation)).AsSpan().SequenceEqual(before))
                throw new PlaybookFileException($"file {file}: somebody else wrote it at the same moment, so it was left alone");
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task<byte[]> ReadBytesAsync(string file, string path, CancellationToken cancellation) =>
        new FileInfo(path).Length <= MaximumBytes
            ? await File.ReadAllBytesAsync(path, cancellation)
            : throw new PlaybookFileException($"file {file} is longer than {MaximumBytes / 1024} KiB");

    private static string Decode(string file, byte[] bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new PlaybookFileException($"file {file} is not UTF-8 text");
        }
    }
}
