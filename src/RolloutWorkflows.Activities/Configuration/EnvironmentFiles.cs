using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The environment files below one folder. A file is replaced in one go, by a rename, so that whoever reads it finds
/// the old text or the new one. Thread-safe; one per process.
/// </summary>
internal sealed class EnvironmentFiles(EnvironmentFileOptions options) : IDisposable
{
    private const int MaximumBytes = 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SemaphoreSlim _oneWriter = new(1, 1);

    /// <summary>The file's text. Throws an <see cref="EnvironmentFileException"/> where it cannot be used.</summary>
    public async Task<EnvironmentText> ReadAsync(string file, CancellationToken cancellation) =>
        Parse(file, await ReadBytesAsync(file, Resolve(file), cancellation));

    /// <summary>
    /// Replaces the file's text by what <paramref name="change"/> makes of it, while no other step of this host changes
    /// one; null: it stays. What <paramref name="change"/> throws passes through.
    /// </summary>
    public async Task ChangeAsync(string file, Func<EnvironmentText, Task<string?>> change, CancellationToken cancellation)
    {
        await _oneWriter.WaitAsync(cancellation);
        try
        {
            var path = Resolve(file);
            var before = await ReadBytesAsync(file, path, cancellation);
            if (await change(Parse(file, before)) is not { } wanted) return;
            var bytes = Utf8.GetBytes(wanted);
            if (!bytes.AsSpan().SequenceEqual(before)) await ReplaceAsync(file, path, before, bytes, cancellation);
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    public void Dispose() => _oneWriter.Dispose();

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
                throw new EnvironmentFileException($"environment file {file}: somebody else wrote it at the same moment, so it was left alone");
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private string Resolve(string file)
    {
        if (options.Root is not { } root)
            throw new EnvironmentFileException($"environment file {file}: this host lets no playbook change files. Name their folder in its configuration: rollout.environmentFiles");
        var parts = file.Split('/');
        if (file.Contains('\\', StringComparison.Ordinal) || file.Any(char.IsControl) || parts.Any(part => part is "" or "." or ".."))
            throw new EnvironmentFileException($"'{file}' is no path of an environment file: expected one inside the host's folder, such as web.env or web/production.env, without '..'");
        var path = root;
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null) throw new EnvironmentFileException($"environment file {file}: '{part}' is a symbolic link, and links are not followed");
        }

        return File.Exists(path) ? path : throw new EnvironmentFileException($"environment file {file} does not exist in {root}");
    }

    private static async Task<byte[]> ReadBytesAsync(string file, string path, CancellationToken cancellation) =>
        new FileInfo(path).Length <= MaximumBytes
            ? await File.ReadAllBytesAsync(path, cancellation)
            : throw new EnvironmentFileException($"environment file {file} is longer than {MaximumBytes / 1024} KiB");

    private static EnvironmentText Parse(string file, byte[] bytes)
    {
        try
        {
            return new EnvironmentText(Utf8.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            throw new EnvironmentFileException($"environment file {file} is not UTF-8 text");
        }
        catch (EnvironmentFileException ambiguous)
        {
            throw new EnvironmentFileException($"environment file {file}, {ambiguous.Message}");
        }
    }
}
