using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The part of the ledger that counts. Pure.</summary>
internal static class SoakCounting
{
    /// <summary>Whether every counter reads well, by the readings of this tick and else by those before.</summary>
    public static bool IsClean(SoakClock soak, IReadOnlyList<Measurement> measurements) =>
        soak.Counters.All(counter => ReadingOf(counter, measurements) is { } reading ? GuardrailLimits.IsClean(reading.Verdict) : counter.IsClean);

    /// <summary>Takes the readings of a tick, and tells people once where a counter cannot be read for long: without it the soak never ends.</summary>
    public static SoakClock Take(SoakClock soak, IReadOnlyList<Measurement> measurements, bool counts, List<SoakEvent> events)
    {
        if (soak.Counters.Count == 0) return soak;
        var taken = soak.Counters.Select(counter => ReadingOf(counter, measurements) is { } reading ? counter.Take(reading, counts) : counter).ToList();
        events.AddRange(taken.Where((counter, index) => counter.ConsecutiveNoData > SoakCounter.NoDataLimit && soak.Counters[index].ConsecutiveNoData <= SoakCounter.NoDataLimit).Select(Unread));
        return soak with { Counters = taken };
    }

    /// <summary>What a soak that has passed came to.</summary>
    public static string PassedMessage(SoakClock soak)
    {
        var counts = soak.Counters.Select(counter => FormattableString.Invariant($"{counter.Rule.Metric} rose by {SoakText.Number(counter.Counted)} ({SoakText.Number(counter.Start ?? 0)} to {SoakText.Number(counter.Value ?? 0)})"));
        return soak.Rule.For > TimeSpan.Zero || soak.Counters.Count == 0
            ? string.Join("; ", counts.Prepend($"soaked for {PlaybookDuration.Format(soak.Rule.For)} of clean time"))
            : $"soaked until {string.Join(" and ", counts)}";
    }

    /// <summary>How far a soak is.</summary>
    public static string HowFar(SoakClock soak)
    {
        var counts = soak.Counts().Select(SoakText.Of);
        return string.Join(", ", soak.Rule.For > TimeSpan.Zero || soak.Counters.Count == 0
            ? counts.Prepend($"{PlaybookDuration.Format(soak.Counted)} of {PlaybookDuration.Format(soak.Rule.For)} counted")
            : counts);
    }

    private static Measurement? ReadingOf(SoakCounter counter, IReadOnlyList<Measurement> measurements) =>
        measurements.FirstOrDefault(measurement => measurement.Guardrail == counter.Name);

    private static SoakEvent Unread(SoakCounter counter) => new()
    {
        Kind = SoakEventKind.Spoke,
        Guardrail = counter.Name,
        Measurement = counter.Last,
        Reaction = Reaction.Notify,
        Message = FormattableString.Invariant($"{counter.Name}: no data {counter.ConsecutiveNoData} times in a row, and the soak cannot end without it: {counter.Last!.Message}"),
    };
}
