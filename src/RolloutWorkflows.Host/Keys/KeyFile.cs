using System.Text.Json;
using System.Text.Json.Serialization;

namespace RolloutWorkflows.Host;

/// <summary>
/// The keys of a server: <c>keys.json</c> in its data folder, readable by its owner only and replaced as a whole. A
/// running server notices each change. Safe to use from several processes at once.
/// </summary>
public sealed class KeyFile(string path, TimeProvider time)
{
    private const int PresentVersion = 1;

    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);

    private static readonly JsonSerializerOptions Json = new(ApiJson.Options) { WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public string Path { get; } = path;

    /// <summary>The keys of the server whose files are at these places.</summary>
    public static KeyFile Of(HostLocations locations, TimeProvider time) => new(System.IO.Path.Combine(locations.Data, "keys.json"), time);

    /// <summary>All keys, revoked and expired ones included, in the order in which they were made; none where there is no file.</summary>
    /// <exception cref="HostConfigurationException">The file is there and cannot be used.</exception>
    public IReadOnlyList<StoredKey> Read()
    {
        try
        {
            using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = JsonSerializer.Deserialize<Content>(file, Json) ?? throw new JsonException("the file says null");
            if (content.Version != PresentVersion) throw new JsonException($"expected version {PresentVersion}, got {content.Version}: another version of this program wrote it");
            if (content.Keys.Any(key => key.Hash.Length != 64 || !key.Hash.All(char.IsAsciiHexDigitLower))) throw new JsonException("a hash is not 64 digits in lower-case hex");
            return content.Keys;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new HostConfigurationException([$"{Path}: cannot be used: {error.Message} Nobody is let in with keys that cannot be read. Restore the file from a backup, or let the server's user read it."]);
        }
    }

    /// <summary>Makes a key and stores its hash.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="role">What it opens.</param>
    /// <param name="expiresAt">From when on it opens nothing; null: never.</param>
    /// <exception cref="HostConfigurationException">The file cannot be used, or the name cannot own a key.</exception>
    public MintedKey Add(KeyOwner owner, KeyRole role, DateTimeOffset? expiresAt = null)
    {
        if (KeyOwner.Problem(owner.Name) is { } problem) throw new HostConfigurationException([$"'{owner.Name}' cannot own a key: {problem}."]) { IsOption = true };
        return Change(keys =>
        {
            var text = KeyText.New();
            var stored = new StoredKey
            {
                Id = FreshId(keys),
                Owner = owner.Name,
                IsService = owner.IsService,
                Role = role,
                Hash = Convert.ToHexStringLower(KeyText.Hash(text)),
                Ending = text[^KeyText.EndingLength..],
                CreatedAt = time.GetUtcNow(),
                ExpiresAt = expiresAt,
            };
            keys.Add(stored);
            return new MintedKey(text, stored);
        });
    }

    /// <summary>Makes a key open nothing from now on. Revoking it again changes nothing.</summary>
    /// <returns>The revoked key; null where there is none of this id.</returns>
    /// <exception cref="HostConfigurationException">The file cannot be used.</exception>
    public StoredKey? Revoke(string id) => Change(keys =>
    {
        var index = keys.FindIndex(key => key.Id == id);
        if (index < 0) return null;
        return keys[index] = keys[index].RevokedAt is null ? keys[index] with { RevokedAt = time.GetUtcNow() } : keys[index];
    });

    private static string FreshId(List<StoredKey> keys)
    {
        while (true)
        {
            var id = KeyText.NewId();
            if (keys.TrueForAll(key => key.Id != id)) return id;
        }
    }

    private T Change<T>(Func<List<StoredKey>, T> change)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            using var alone = Lock();
            var keys = Read().ToList();
            var result = change(keys);
            Write(new Content { Version = PresentVersion, Keys = keys });
            return result;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HostConfigurationException([$"{Path}: cannot be written: {error.Message} Nothing was changed."]);
        }
    }

    /// <summary>Written beside and moved over it, so that whoever reads sees the old file or the new one and nothing between.</summary>
    private void Write(Content content)
    {
        var fresh = $"{Path}.new";
        File.Delete(fresh);
        using (var file = new FileStream(fresh, OwnerOnly(FileMode.CreateNew, FileAccess.Write)))
        {
            JsonSerializer.Serialize(file, content, Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, Path, overwrite: true);
    }

    private FileStream Lock()
    {
        var since = time.GetTimestamp();
        var pause = new SpinWait();
        while (true)
        {
            try
            {
                return new FileStream($"{Path}.lock", OwnerOnly(FileMode.OpenOrCreate, FileAccess.ReadWrite));
            }
            catch (IOException) when (time.GetElapsedTime(since) < LockPatience)
            {
                // Another process changes the keys; it takes milliseconds.
                pause.SpinOnce();
            }
        }
    }

    private static FileStreamOptions OwnerOnly(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private sealed record Content
    {
        public required int Version { get; init; }

        public required IReadOnlyList<StoredKey> Keys { get; init; }
    }
}
