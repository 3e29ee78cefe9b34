using System.Globalization;
using System.Runtime.InteropServices;
using RolloutWorkflows.Bench.Measuring;
using RolloutWorkflows.Bench.Workloads;
using RolloutWorkflows.DurableTask.Sqlite;

namespace RolloutWorkflows.Bench;

/// <summary>Prints the medians of all rounds, and their ratios to what the disk did in the same rounds.</summary>
internal static class Report
{
    public static void Print(BenchOptions options, IReadOnlyList<Round> rounds, TextWriter output)
    {
        var library = SqliteLibrary.Load();
        double Median(Func<Round, double> figure) => Distribution.Median(rounds.Select(figure));
        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

        Line($"RolloutWorkflows on SQLite {library.Version} ({library.Name}), synchronous=FULL; {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.RuntimeIdentifier}");
        Line($"median of {rounds.Count} round(s); client, engine, orchestrator, activities and JSON in one process");
        var machine = rounds.SelectMany(round => round.Machine).ToArray();
        Line($"calibration           fsync of 8 KiB {Distribution.Median(machine.Select(seen => seen.Sync.TotalMilliseconds)):0.000} ms, single-row commits {Distribution.Median(machine.Select(seen => seen.CommitsPerSecond)):#,0}/s");
        Sequential("1", r => r.One);
        Sequential("100", r => r.Hundred);
        Line($"event to next step    p50 {Median(r => r.Event.Result.P50):0.00} ms, p99 {Median(r => r.Event.Result.P99):0.00} ms; p50 is {Median(r => r.Event.Result.P50 / r.Event.Machine.Sync.TotalMilliseconds):0.0} fsyncs");
        Line($"{options.Waiting:#,0} waiting        {Median(r => r.Waiting.MemoryBytes):#,0} bytes of managed memory and {Median(r => r.Waiting.FileBytes):#,0} bytes of file per instance");
        Line($"  after a restart     serving in {Median(r => r.Waiting.RestartTime.TotalMilliseconds):0} ms; woken and completed {Median(r => r.Waiting.WakesPerSecond):#,0}/s");

        void Sequential(string concurrency, Func<Round, Calibrated<SequentialActivities.Result>> of)
        {
            double Of(Func<SequentialActivities.Result, double> figure) => Median(round => figure(of(round).Result));
            Line($"10 activities, {concurrency,3} at a time  {Of(r => r.PerSecond):#,0} orchestrations/s, {Of(r => r.ActivitiesPerSecond):#,0} activities/s, p50 {Of(r => r.Latency.P50):0.0} ms, p99 {Of(r => r.Latency.P99):0.0} ms; {Median(r => of(r).Result.ActivitiesPerSecond / of(r).Machine.CommitsPerSecond):0.00} activities per single-row commit");
        }
    }
}
