using System.Diagnostics;
using RolloutWorkflows.DurableTask.Sqlite;

namespace RolloutWorkflows.Bench.Measuring;

/// <summary>
/// What this machine's disk can do at this moment: the cost of making 8 KiB durable, and the rate of transactions of one
/// row each. Figures of different machines, or hours, compare only as ratios to these.
/// </summary>
internal sealed record Calibration(TimeSpan Sync, double CommitsPerSecond)
{
    private const int Syncs = 100;
    private const int Commits = 200;

    /// <summary>Measures, in a few hundred milliseconds at most on a disk that is not overloaded.</summary>
    public static Calibration Take(string folder) => new(MeasureSync(Path.Combine(folder, "sync.bin")), MeasureCommits(Path.Combine(folder, "commit.db")));

    private static TimeSpan MeasureSync(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose, 8192 * 16);
        var page = new byte[8192];
        var durations = new TimeSpan[Syncs];
        for (var i = 0; i < Syncs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, page, i % 16 * 8192L);
            RandomAccess.FlushToDisk(file);
            durations[i] = Stopwatch.GetElapsedTime(start);
        }

        return TimeSpan.FromMilliseconds(new Distribution(durations).P50);
    }

    private static double MeasureCommits(string path)
    {
        using var database = SqliteDatabase.Open(path);
        database.ExecuteScript("CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, bytes BLOB)");
        var bytes = new byte[200];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Commits; i++) database.Execute("INSERT INTO row (bytes) VALUES (?)", bytes);
        return Commits / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
