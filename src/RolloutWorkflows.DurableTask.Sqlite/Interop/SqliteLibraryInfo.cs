namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>The native SQLite library that this process uses.</summary>
/// <param name="Name">The file or library name that was loaded.</param>
/// <param name="Version">Its version, such as 3.40.1.</param>
/// <param name="IsBundled">Whether it is the copy shipped with this program rather than the system's.</param>
public sealed record SqliteLibraryInfo(string Name, string Version, bool IsBundled);
