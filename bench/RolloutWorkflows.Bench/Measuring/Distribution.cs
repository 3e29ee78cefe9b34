namespace RolloutWorkflows.Bench.Measuring;

/// <summary>The spread of a set of durations, in milliseconds.</summary>
internal sealed class Distribution
{
    private readonly double[] sorted;

    public Distribution(IEnumerable<TimeSpan> durations)
    {
        sorted = [.. durations.Select(duration => duration.TotalMilliseconds)];
        Array.Sort(sorted);
    }

    public double P50 => At(0.50);

    public double P99 => At(0.99);

    /// <summary>The middle one of several rounds' figures, which one disturbed round does not move.</summary>
    public static double Median(IEnumerable<double> figures)
    {
        var ordered = figures.Order().ToArray();
        var middle = ordered.Length / 2;
        return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }

    private double At(double quantile) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * quantile))];
}
