namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// The part of a watch that reads back what the run set. Pure and serialisable. Every tick of the watch reads back, and
/// where no guardrail is due there is a tick each <see cref="Interval"/> for it alone.
/// </summary>
public sealed record DriftWatch
{
    /// <summary>The longest playbook time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>So many looks in a row may fail to read a target; one more holds the run.</summary>
    public const int ConsecutiveErrorLimit = 4;

    /// <summary>When the next look is due at the latest, in playbook time.</summary>
    public required DateTimeOffset NextDue { get; init; }

    /// <summary>What read otherwise at the last look.</summary>
    public IReadOnlyList<DriftedTarget> Drifted { get; init; } = [];

    /// <summary>What could not be read at the last look, one sentence each.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    public int ConsecutiveErrors { get; init; }

    /// <summary>The drift that the run was told of; null where it is to be told again.</summary>
    public string? Told { get; init; }

    /// <summary>True once the run was told that a target cannot be read.</summary>
    public bool ToldOfError { get; init; }

    /// <summary>True where everything was read and stands as the run set it.</summary>
    public bool IsClean => Drifted.Count == 0 && Unreadable.Count == 0;

    /// <summary>A watch that begins now.</summary>
    public static DriftWatch Start(DateTimeOffset now, PlaybookClock clock) => new() { NextDue = now + clock.Paced(Interval) };

    /// <summary>What reads otherwise, in one sentence.</summary>
    public static string Sentence(IReadOnlyList<DriftedTarget> drifted) => $"drift: {string.Join("; ", drifted)}";

    /// <summary>People let the run go on: what is still so is told again.</summary>
    public DriftWatch Resume() => this with { Told = null, ConsecutiveErrors = 0, ToldOfError = false };

    /// <summary>Takes one look and tells what it brings about.</summary>
    public DriftWatch Take(ReadBackResult look, DateTimeOffset now, PlaybookClock clock, bool soaking, List<SoakEvent> events)
    {
        var errors = look.Unreadable.Count > 0 ? ConsecutiveErrors + 1 : 0;
        var next = this with { NextDue = now + clock.Paced(Interval), Drifted = look.Drifted, Unreadable = look.Unreadable, ConsecutiveErrors = errors };
        return next.TellOfDrift(look, soaking, events).TellOfErrors(look, events);
    }

    private DriftWatch TellOfDrift(ReadBackResult look, bool soaking, List<SoakEvent> events)
    {
        // What cannot be read may still have drifted: then nothing is known to have gone.
        if (look.Drifted.Count == 0 && look.Unreadable.Count > 0) return this;
        var sentence = look.Drifted.Count == 0 ? null : Sentence(look.Drifted);
        if (sentence == Told) return this;
        events.Add(new SoakEvent
        {
            Kind = sentence is null ? SoakEventKind.DriftGone : SoakEventKind.Drifted,
            Message = sentence is null ? "everything that the run set stands again as it set it" : soaking ? $"{sentence}; the soak is void" : sentence,
            Drift = look.Drifted,
            Reaction = sentence is null ? Playbooks.Reaction.Continue : Playbooks.Reaction.Hold,
        });
        return this with { Told = sentence };
    }

    private DriftWatch TellOfErrors(ReadBackResult look, List<SoakEvent> events)
    {
        if (ConsecutiveErrors == 0) return this with { ToldOfError = false };
        if (ToldOfError || ConsecutiveErrors <= ConsecutiveErrorLimit) return this;
        events.Add(new SoakEvent
        {
            Kind = SoakEventKind.Unreadable,
            Message = $"what the run set could not be read {ConsecutiveErrors} times in a row: {string.Join("; ", look.Unreadable)}",
            Reaction = Playbooks.Reaction.Hold,
        });
        return this with { ToldOfError = true };
    }
}
