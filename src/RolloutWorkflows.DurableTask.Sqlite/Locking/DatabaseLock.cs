using System.Globalization;
using System.Text.Json;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>
/// Holds a database file for one store in one process, by a lock on <c>FILE.lock</c> that the operating system releases
/// when the process ends, however it ends. <c>FILE.owner</c> says who holds it, for the message to whoever comes second.
/// </summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly FileStream file;
    private readonly string ownerFile;

    private DatabaseLock(FileStream file, string ownerFile, DatabaseOwner owner)
    {
        this.file = file;
        this.ownerFile = ownerFile;
        Owner = owner;
    }

    /// <summary>What this process wrote about itself.</summary>
    public DatabaseOwner Owner { get; }

    /// <exception cref="DatabaseInUseException">Another store holds the file, in this process or another.</exception>
    /// <exception cref="StoreException">The file lies on a network drive, where locks cannot be trusted.</exception>
    public static DatabaseLock Take(string databasePath, TimeProvider time)
    {
        RefuseNetworkDrive(databasePath);
        var ownerFile = databasePath + ".owner";
        FileStream file;
        try
        {
            file = new FileStream(databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException failure) when (failure is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new DatabaseInUseException(databasePath, Read(ownerFile), failure);
        }

        try
        {
            var owner = new DatabaseOwner(Environment.ProcessId, Environment.MachineName, Guid.NewGuid().ToString("N"), time.GetUtcNow());
            File.WriteAllText(ownerFile, JsonSerializer.Serialize(owner, JsonSerializerOptions.Web));
            return new DatabaseLock(file, ownerFile, owner);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!file.CanWrite) return;
        // Before the lock goes, or the file could be the next owner's.
        File.Delete(ownerFile);
        file.Dispose();
    }

    internal static bool IsNetworkFormat(string format) =>
        format.StartsWith("nfs", true, CultureInfo.InvariantCulture)
        || format.StartsWith("smb", true, CultureInfo.InvariantCulture)
        || format.Equals("cifs", StringComparison.OrdinalIgnoreCase);

    private static DatabaseOwner? Read(string ownerFile)
    {
        try
        {
            return JsonSerializer.Deserialize<DatabaseOwner>(File.ReadAllText(ownerFile), JsonSerializerOptions.Web);
        }
        catch (Exception failure) when (failure is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void RefuseNetworkDrive(string path)
    {
        var drive = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(path)! : Path.GetDirectoryName(path)!);
        if (!drive.IsReady) return;
        if (drive.DriveType == DriveType.Network || IsNetworkFormat(drive.DriveFormat))
            throw new StoreException($"The database {path} lies on a network drive ({drive.DriveFormat}), where SQLite's locks cannot be trusted. Expected a local disk; move the file to one.");
    }
}
