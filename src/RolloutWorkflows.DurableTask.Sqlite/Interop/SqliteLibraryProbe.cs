using System.Reflection;
using System.Runtime.InteropServices;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Tries candidate libraries in order and takes the first one that is new enough.</summary>
internal static unsafe class SqliteLibraryProbe
{
    private const string Bundled = "e_sqlite3";

    /// <summary>The system's library under its name on each platform, then the bundled one.</summary>
    internal static IReadOnlyList<string> Usual { get; } =
        OperatingSystem.IsWindows() ? ["winsqlite3", Bundled]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib", Bundled]
        : ["libsqlite3.so.0", Bundled];

    internal static IReadOnlyList<string> Only(string path) => [path];

    /// <exception cref="DllNotFoundException">None of the candidates loads with at least <paramref name="minimum"/>.</exception>
    internal static (SqliteLibraryInfo Info, nint Handle) Find(IReadOnlyList<string> candidates, int minimum)
    {
        var tried = new List<string>();
        foreach (var name in candidates)
        {
            if (!TryLoad(name, out var handle))
            {
                tried.Add($"{name}: not found");
                continue;
            }

            if (!NativeLibrary.TryGetExport(handle, "sqlite3_libversion_number", out var export))
            {
                tried.Add($"{name}: not an SQLite library");
                continue;
            }

            var version = ((delegate* unmanaged<int>)export)();
            if (version >= minimum)
                return (new SqliteLibraryInfo(name, SqliteLibrary.Format(version), name == Bundled), handle);
            tried.Add($"{name}: version {SqliteLibrary.Format(version)}");
        }

        throw new DllNotFoundException(
            $"No usable SQLite library: expected version {SqliteLibrary.Format(minimum)} or later, tried {string.Join("; ", tried)}. " +
            $"Install SQLite (libsqlite3) or set {SqliteLibrary.PathVariable} to the file of a newer library.");
    }

    private static bool TryLoad(string name, out nint handle) =>
        NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out handle);
}
