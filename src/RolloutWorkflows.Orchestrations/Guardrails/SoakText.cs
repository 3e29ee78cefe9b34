using System.Globalization;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>A soak by time, by counters or by both, in words. Pure.</summary>
public static class SoakText
{
    /// <summary>What a soak asks for, such as <c>for 48h and until finalized-epochs has risen by 10</c>.</summary>
    public static string Rule(Soak soak)
    {
        var counts = soak.Count.Select(count => $"{count.Metric} has risen by {Number(count.Increase)}").ToList();
        var until = counts.Count == 0 ? "" : $"until {string.Join(" and ", counts)}";
        if (soak.For <= TimeSpan.Zero && counts.Count > 0) return until;
        return counts.Count == 0 ? $"for {PlaybookDuration.Format(soak.For)}" : $"for {PlaybookDuration.Format(soak.For)} and {until}";
    }

    /// <summary>How far one counter is, such as <c>7 of 10 finalized-epochs</c>.</summary>
    public static string Of(CountedIncrease count) => $"{Number(count.Counted)} of {Number(count.Needed)} {count.Metric}";

    /// <summary>How far the counters are; empty where there are none.</summary>
    public static string Of(IReadOnlyList<CountedIncrease> counts) => string.Join(", ", counts.Select(Of));

    /// <summary>How far the counters are, with what is still missing, what did not count and what is wrong: a sentence part per counter.</summary>
    public static IEnumerable<string> InFull(IEnumerable<CountedIncrease> counts) => counts.Select(count =>
        Of(count)
        + (count.Counted < count.Needed ? $", {Number(count.Needed - count.Counted)} to go" : "")
        + (count.Lost > 0 ? $", {Number(count.Lost)} did not count" : "")
        + (count.Problem is { } problem ? $" ({problem})" : ""));

    /// <summary>True where a soak goes on or went by that asks for something.</summary>
    public static bool IsOfAnything(SoakStatus soak) => soak.StartedAt is not null && (soak.Needed > TimeSpan.Zero || soak.Counts.Count > 0);

    /// <summary>From 0 to 1, how far a soak is: its time, or the counter that is furthest behind.</summary>
    public static double Share(SoakStatus soak)
    {
        var shares = soak.Counts.Select(count => count.Needed > 0 ? count.Counted / count.Needed : 1);
        if (soak.Needed > TimeSpan.Zero) shares = shares.Append(soak.Counted / soak.Needed);
        return Math.Clamp(shares.DefaultIfEmpty(0).Min(), 0, 1);
    }

    /// <summary>A count as people read it.</summary>
    public static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
