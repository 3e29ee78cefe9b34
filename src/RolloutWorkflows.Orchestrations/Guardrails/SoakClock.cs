using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The account of a soak: what counted, what did not. Times are playbook time.</summary>
public sealed record SoakClock
{
    public required Soak Rule { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Everything up to here is accounted for.</summary>
    public required DateTimeOffset AccountedTo { get; init; }

    /// <summary>Its counters, in the order of the playbook.</summary>
    public IReadOnlyList<SoakCounter> Counters { get; init; } = [];

    public TimeSpan Counted { get; init; }

    public TimeSpan Lost { get; init; }

    public int Resets { get; init; }

    public string? LastBreach { get; init; }

    /// <summary>The strongest effect of the present breach that was told; null while all is clean.</summary>
    public SoakBreach? Told { get; init; }

    public bool Passed { get; init; }

    public bool TimedOut { get; init; }

    /// <summary>When <c>atMost</c> ends; later than its start by more than that where windows were closed, the latest moment there is: never.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>When its time is over if nothing breaches; nobody knows when counters will have risen.</summary>
    public DateTimeOffset TimeIsOverAt => AccountedTo + (Rule.For - Counted);

    /// <summary>When it passes if nothing breaches; null where counters decide when.</summary>
    public DateTimeOffset? PassesAt => Counters.All(counter => counter.IsReached) ? TimeIsOverAt : null;

    /// <summary>True once its time is over and every counter has risen far enough.</summary>
    public bool IsFulfilled => Counted >= Rule.For && Counters.All(counter => counter.IsReached);

    /// <summary>True where every counter could be read and none fell.</summary>
    public bool CountersAreClean => Counters.All(counter => counter.IsClean);

    public bool Running => !Passed;

    /// <summary>What it has come to.</summary>
    public SoakAccount Summary() => new() { Needed = Rule.For, Counted = Counted, Lost = Lost, Resets = Resets, LastBreach = LastBreach, Counts = Counts() };

    /// <summary>How far its counters are.</summary>
    public IReadOnlyList<CountedIncrease> Counts() => [.. Counters.Select(counter => counter.Status())];

    /// <summary>Adds a span that counts, or one that does not.</summary>
    public SoakClock Account(DateTimeOffset now, bool counts, TimeSpan mostObserved)
    {
        var span = now - AccountedTo;
        if (span <= TimeSpan.Zero) return this;
        var counted = !counts ? TimeSpan.Zero : span < mostObserved ? span : mostObserved;
        return this with { AccountedTo = now, Counted = Counted + counted, Lost = Lost + (span - counted) };
    }

    /// <summary>Starts the clock again: what counted so far no longer does.</summary>
    public SoakClock Reset(string why) =>
        this with { Counters = [.. Counters.Select(counter => counter.Reset())], Lost = Lost + Counted, Counted = TimeSpan.Zero, Resets = Counted > TimeSpan.Zero || Counters.Any(counter => counter.Counted > 0) ? Resets + 1 : Resets, LastBreach = why };
}
