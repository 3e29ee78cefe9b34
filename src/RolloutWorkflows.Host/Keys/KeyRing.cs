using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.Host;

/// <summary>The server's keys as they stand now: read again whenever the file has changed. Safe for many callers at once.</summary>
internal sealed class KeyRing(KeyFile file, TimeProvider time, ILogger<KeyRing> log)
{
    private readonly Lock reading = new();
    private Reading last = new(null, [], null);

    /// <summary>A server that has had keys never becomes open again, whatever happens to the file.</summary>
    private bool everNeeded;

    /// <summary>True where nobody gets in without a key; also where the keys cannot be read.</summary>
    public bool IsNeeded
    {
        get
        {
            Refresh();
            return everNeeded;
        }
    }

    /// <summary>The stored key that a text is, valid or not; null where it is none of ours.</summary>
    /// <exception cref="ProblemException">503: the keys cannot be read.</exception>
    public StoredKey? Find(string presented)
    {
        var hash = KeyText.Hash(presented);
        StoredKey? found = null;
        var now = Refresh();
        if (now.Problem is not null) throw KeyProblems.Unreadable();

        // Every key is compared, each in constant time: how long it takes says nothing about any of them.
        foreach (var (stored, storedHash) in now.Keys)
            if (CryptographicOperations.FixedTimeEquals(hash, storedHash))
                found = stored;
        return found;
    }

    public bool IsValid(StoredKey key) => key.IsValidAt(time.GetUtcNow());

    private Reading Refresh()
    {
        lock (reading)
        {
            var stamp = StampOf(file.Path);
            return stamp == last.Stamp ? last : last = ReadAgain(stamp);
        }
    }

    private Reading ReadAgain(FileStamp stamp)
    {
        try
        {
            var keys = file.Read();
            if (keys.Count > 0) everNeeded = true;
            return new Reading(stamp, [.. keys.Select(key => (key, Convert.FromHexString(key.Hash)))], null);
        }
        catch (HostConfigurationException error)
        {
            everNeeded = true;
            log.LogError("{Problem}", error.Message);
            return new Reading(stamp, [], error.Message);
        }
    }

    private static FileStamp StampOf(string path)
    {
        var now = new FileInfo(path);
        return now.Exists ? new FileStamp(now.LastWriteTimeUtc.Ticks, now.Length) : new FileStamp(0, -1);
    }

    private readonly record struct FileStamp(long Written, long Length);

    private sealed record Reading(FileStamp? Stamp, IReadOnlyList<(StoredKey Stored, byte[] Hash)> Keys, string? Problem);
}
