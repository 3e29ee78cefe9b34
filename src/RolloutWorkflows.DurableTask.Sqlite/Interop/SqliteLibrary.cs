using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>
/// Chooses the native SQLite library, once per process: the configured path, else the system's library, else the bundled
/// one with a warning in the log. Safe to call from any thread.
/// </summary>
public static class SqliteLibrary
{
    /// <summary>The oldest version that is accepted: it has <c>RETURNING</c> and <c>UPSERT</c>.</summary>
    public const int MinimumVersion = 3_035_000;

    /// <summary>The environment variable that names a library file when <see cref="Load"/> is given none.</summary>
    public const string PathVariable = "ROLLOUT_SQLITE_LIBRARY";

    private static readonly Lock Gate = new();
    private static SqliteLibraryInfo? loaded;
    private static nint handle;
    private static bool isReported;

    /// <summary>
    /// Loads the library if that has not happened yet, and says which one serves. The first call decides; later calls
    /// return its choice whatever they ask for.
    /// </summary>
    /// <param name="path">A library file to use instead of the system's; nothing else is tried when it is given.</param>
    /// <param name="logger">Receives the version, and a warning when the bundled library is used.</param>
    /// <exception cref="DllNotFoundException">No library of at least <see cref="MinimumVersion"/> was found; the message lists what was tried.</exception>
    public static SqliteLibraryInfo Load(string? path = null, ILogger? logger = null)
    {
        lock (Gate)
        {
            if (loaded is not null)
            {
                Report(loaded, logger);
                return loaded;
            }

            path ??= Environment.GetEnvironmentVariable(PathVariable);
            (loaded, handle) = SqliteLibraryProbe.Find(path is null ? SqliteLibraryProbe.Usual : SqliteLibraryProbe.Only(path), MinimumVersion);
            NativeLibrary.SetDllImportResolver(typeof(SqliteLibrary).Assembly, Resolve);
            if (NativeMethods.sqlite3_threadsafe() == 0)
                throw new DllNotFoundException($"The SQLite library {loaded.Name} was built without thread safety; expected any threading mode but that. Set {PathVariable} to another library.");
            Report(loaded, logger);
            return loaded;
        }
    }

    /// <summary>A version number such as 3040001 as people write it: 3.40.1.</summary>
    internal static string Format(int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version / 1_000_000}.{version / 1_000 % 1_000}.{version % 1_000}");

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name == NativeMethods.Library ? handle : 0;

    /// <summary>Tells the first logger that there is; a library loaded without one is reported to the next caller's.</summary>
    private static void Report(SqliteLibraryInfo info, ILogger? logger)
    {
        if (logger is null || isReported) return;
        isReported = true;
        if (info.IsBundled)
            logger.LogWarning("SQLite {Version} is the bundled library {Name}, which gets no security fixes from the system. Install libsqlite3 or set {Variable}.", info.Version, info.Name, PathVariable);
        else
            logger.LogInformation("SQLite {Version} from {Name}.", info.Version, info.Name);
    }
}
