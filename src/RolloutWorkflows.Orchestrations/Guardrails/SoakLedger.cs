using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// The whole state of one attempt's watch: each guardrail's place on its grid and its counts, and the soak's account.
/// Pure and serialisable: every operation returns the next ledger, so that the watch can go on as new at any tick.
/// </summary>
public sealed record SoakLedger
{
    /// <summary>In real time: a gap between measurements up to this long is lateness, not blindness, and still counts.</summary>
    private static readonly TimeSpan ToleratedLateness = TimeSpan.FromSeconds(10);

    public required IReadOnlyList<GuardrailTrack> Tracks { get; init; }

    /// <summary>True beside the watch of a later stage, which tells of the run's guardrails and of drift: here these decide only what counts.</summary>
    public bool IsBeside { get; init; }

    /// <summary>The one surface that soaks; guardrails of others act, but say nothing about its time. Null: all do.</summary>
    public string? Surface { get; init; }

    /// <summary>Whether what the run set still stands.</summary>
    public required DriftWatch Drift { get; init; }

    /// <summary>Null until the soak starts.</summary>
    public SoakClock? Soak { get; init; }

    /// <summary>A watch that begins now, with the guardrails of the playbook and of the stage.</summary>
    public static SoakLedger Start(IEnumerable<Guardrail> ofRun, IEnumerable<Guardrail> ofStage, DateTimeOffset now, PlaybookClock clock) => new()
    {
        Tracks = [.. ofRun.Select(rule => GuardrailTrack.Start(rule, now, clock, ofStage: false)),
            .. ofStage.Select(rule => GuardrailTrack.Start(rule, now, clock, ofStage: true))],
        Drift = DriftWatch.Start(now, clock),
    };

    /// <summary>Starts the soak's account.</summary>
    /// <param name="rule">The stage's soak.</param>
    /// <param name="now">The playbook time at which it starts.</param>
    /// <param name="deadline">When <c>atMost</c> ends where closed windows make that later; null: so long after the start.</param>
    public SoakLedger StartSoak(Soak rule, DateTimeOffset now, DateTimeOffset? deadline = null) =>
        this with { Soak = new SoakClock { Rule = rule, StartedAt = now, AccountedTo = now, Counters = [.. rule.Count.Select(count => new SoakCounter { Rule = count })], Deadline = deadline ?? now + rule.EffectiveAtMost } };

    /// <summary>A person ended the remaining soak.</summary>
    public SoakLedger EndSoak() => Soak is { } soak ? this with { Soak = soak with { Passed = true } } : this;

    /// <summary>People let the run go on: limits start again, and so may every reaction.</summary>
    public SoakLedger Resume() => this with
    {
        Tracks = [.. Tracks.Select(track => track with { SetOff = Reaction.Continue, Status = Restart(track.Status) })],
        Soak = Soak is { } soak ? soak with { Told = null } : null,
        Drift = Drift.Resume(),
    };

    /// <summary>Somebody interfered: a running soak starts again, and the time up to now counts no more than the rest.</summary>
    public SoakLedger Intervene(string why, DateTimeOffset now) =>
        Soak is { Running: true } soak ? this with { Soak = soak.Account(now, counts: false, TimeSpan.MaxValue).Reset(why) } : this;

    /// <summary>The stage was promoted: its own guardrails end, the run's go on, the soak is over.</summary>
    public SoakLedger LeaveStage() => this with { Tracks = [.. Tracks.Where(track => !track.OfStage)], Soak = null };

    /// <summary>A later stage has a watch of its own.</summary>
    public SoakLedger KeepBeside() => this with { IsBeside = true };

    /// <summary>A surface goes back: its own guardrails end, the others go on.</summary>
    public SoakLedger SetAside(string surface) => this with { Tracks = [.. Tracks.Where(track => track.Rule.Surface != surface)] };

    /// <summary>Something of a surface that went back stands and is guarded on, from now.</summary>
    public SoakLedger TakeUp(IEnumerable<Guardrail> guardrails, DateTimeOffset now, PlaybookClock clock) =>
        this with { Tracks = [.. Tracks, .. guardrails.Select(rule => GuardrailTrack.Start(rule, now, clock, ofStage: false))] };

    /// <summary>The guardrails whose grid point has come.</summary>
    public IReadOnlyList<Guardrail> Due(DateTimeOffset now) =>
        [.. Tracks.Where(track => !track.Finished && track.NextDue <= now).Select(track => track.Rule)];

    /// <summary>The counters to read: all of a soak that goes on, with whatever else is measured.</summary>
    public IReadOnlyList<DueCounter> DueCounters() =>
        Soak is { Running: true } soak ? [.. soak.Counters.Select(counter => new DueCounter(counter.Rule.Metric, counter.Value))] : [];

    /// <summary>When something is next to be done.</summary>
    public DateTimeOffset NextWake()
    {
        var times = Tracks.Where(track => !track.Finished).Select(track => track.NextDue).Append(Drift.NextDue).ToList();
        if (Soak is { Running: true } soak)
        {
            // Counters are read with each look at what the run set.
            if (IsClean && soak.Counted < soak.Rule.For) times.Add(soak.TimeIsOverAt);
            if (!soak.TimedOut && soak.Deadline < DateTimeOffset.MaxValue) times.Add(soak.Deadline);
        }

        return times.Min();
    }

    private bool IsClean => Drift.IsClean && Tracks.Where(Concerns).All(track => track.IsClean) && Soak is not { Running: true, CountersAreClean: false };

    private bool Concerns(GuardrailTrack track) => Surface is null || track.Rule.Surface is null || track.Rule.Surface == Surface;

    /// <summary>Takes the measurements of one tick (none where only time passed) and the look at what the run set, and tells what they bring about.</summary>
    public (SoakLedger Ledger, IReadOnlyList<SoakEvent> Events) Advance(
        DateTimeOffset now, IReadOnlyList<Measurement> measurements, PlaybookClock clock, ReadBackResult? look = null)
    {
        var events = new List<SoakEvent>();
        var cleanBefore = IsClean;
        var ofOthers = IsBeside ? [] : events;
        var drift = look is null ? Drift : Drift.Take(look, now, clock, Soak is { Running: true }, ofOthers);
        var tracks = Tracks.Select(track => Take(track, now, measurements, clock, track.OfStage ? events : ofOthers)).ToList();
        var soak = Soak is { Running: true } running
            ? AccountFor(Void(running, drift, now), now, cleanBefore && drift.IsClean, [.. tracks.Where(Concerns)], measurements, clock, events)
            : Soak;
        return (this with { Tracks = tracks, Drift = drift, Soak = soak }, events);
    }

    private static GuardrailTrack Take(
        GuardrailTrack track, DateTimeOffset now, IReadOnlyList<Measurement> measurements, PlaybookClock clock, List<SoakEvent> events)
    {
        if (measurements.FirstOrDefault(candidate => candidate.Guardrail == track.Rule.Name) is not { } measurement) return track;

        var steps = GridSteps(track, now, clock);
        var status = GuardrailLimits.Count(track.Status, measurement, skipped: steps - 1);
        var reaction = GuardrailLimits.ReactionTo(track.Rule, status);
        var goesOnWarning = measurement.Verdict == MeasurementVerdict.Warning && track.Status.Last?.Verdict == MeasurementVerdict.Warning;
        // A notice may be repeated once what it told of has gone and come back; a hold only after people resume.
        var before = track.SetOff == Reaction.Notify && GuardrailLimits.IsClean(measurement.Verdict) ? Reaction.Continue : track.SetOff;
        var setOff = reaction > before && !goesOnWarning;
        if (setOff) events.Add(Spoke(track.Rule, reaction, measurement) with { CleanAt = status.CleanAt, BadSince = status.BadSince });

        return track with
        {
            NextDue = track.NextDue + steps * track.Rule.Interval,
            Status = status,
            SetOff = setOff && measurement.Verdict != MeasurementVerdict.Warning ? reaction : before,
        };
    }

    /// <summary>How many grid points lie between this measurement and the next one: 1, more where it came late or is paced.</summary>
    private static int GridSteps(GuardrailTrack track, DateTimeOffset now, PlaybookClock clock)
    {
        var late = (int)((now - track.NextDue) / track.Rule.Interval);
        var paced = (int)Math.Ceiling((now - track.NextDue + clock.Paced(track.Rule.Interval)) / track.Rule.Interval);
        return Math.Max(late + 1, clock.Paced(track.Rule.Interval) > track.Rule.Interval ? paced : 1);
    }

    /// <summary>Drift makes the soak void, however it treats breaches.</summary>
    private static SoakClock Void(SoakClock soak, DriftWatch drift, DateTimeOffset now) =>
        drift.Drifted.Count == 0 ? soak : soak.Account(now, counts: false, TimeSpan.MaxValue).Reset(DriftWatch.Sentence(drift.Drifted));

    private static SoakClock AccountFor(SoakClock soak, DateTimeOffset now, bool cleanBefore, List<GuardrailTrack> tracks,
        IReadOnlyList<Measurement> measurements, PlaybookClock clock, List<SoakEvent> events)
    {
        var clean = cleanBefore && tracks.All(track => track.IsClean) && SoakCounting.IsClean(soak, measurements);
        var counts = clean || !soak.Rule.Clean;
        var mostObserved = MostObserved(tracks, clock);
        var isObserved = now - soak.AccountedTo <= mostObserved;
        soak = soak.Account(now, counts, mostObserved);
        soak = Breach(soak, tracks, measurements, events);
        // How a counter rose over a span of which a part is not known to be clean cannot be told apart, so none of it counts.
        soak = SoakCounting.Take(soak, measurements, counts && isObserved, events);
        if (soak.IsFulfilled && counts)
        {
            events.Add(new SoakEvent { Kind = SoakEventKind.Passed, Message = SoakCounting.PassedMessage(soak), Account = soak.Summary() });
            return soak with { Passed = true };
        }

        if (now < soak.Deadline || soak.TimedOut) return soak;
        events.Add(new SoakEvent
        {
            Kind = SoakEventKind.TimedOut,
            Message = $"the soak did not pass within {PlaybookDuration.Format(soak.Rule.EffectiveAtMost)}: {SoakCounting.HowFar(soak)}",
        });
        return soak with { TimedOut = true };
    }

    private static SoakClock Breach(SoakClock soak, List<GuardrailTrack> tracks, IReadOnlyList<Measurement> measurements, List<SoakEvent> events)
    {
        var breaches = measurements
            .Where(measurement => !GuardrailLimits.IsClean(measurement.Verdict))
            .Where(measurement => tracks.Any(track => track.Rule.Name == measurement.Guardrail && track.Rule.Mode == GuardrailMode.Enforce) || soak.Counters.Any(counter => counter.Name == measurement.Guardrail))
            .Select(measurement => (Measurement: measurement, Effect: GuardrailLimits.BreachEffect(soak.Rule, measurement.Verdict)))
            .ToList();
        if (breaches.Count == 0 || (!soak.Rule.Clean && soak.Rule.OnBreach is null))
            return tracks.All(track => track.IsClean) && SoakCounting.IsClean(soak, measurements) ? soak with { Told = null } : soak;

        var (worst, effect) = breaches.OrderByDescending(breach => Strength(breach.Effect)).First();
        // Told once, and again only for something stronger or after it was clean: not every bad minute of a bad day.
        if (soak.Told is not { } told || Strength(effect) > Strength(told)) events.Add(new SoakEvent
        {
            Kind = SoakEventKind.Breached,
            Message = $"{worst.Guardrail}: {worst.Message}; the soak's clock {Verb(effect)}",
            Guardrail = worst.Guardrail,
            Surface = tracks.Find(track => track.Rule.Name == worst.Guardrail)?.Rule.Surface,
            Measurement = worst,
            Reaction = effect == SoakBreach.Hold ? Reaction.Hold : Reaction.Continue,
        });
        soak = soak with { Told = soak.Told is { } before && Strength(before) > Strength(effect) ? before : effect };
        return effect == SoakBreach.Reset ? soak.Reset(worst.Message) : soak with { LastBreach = worst.Message };
    }

    /// <summary>Time beyond twice the fastest interval was not observed, so nobody can call it clean.</summary>
    private static TimeSpan MostObserved(List<GuardrailTrack> tracks, PlaybookClock clock)
    {
        var enforced = tracks.Where(track => !track.Finished).Select(track => clock.Paced(track.Rule.Interval) * 2).ToList();
        if (enforced.Count == 0) return TimeSpan.MaxValue;
        var tolerated = ToleratedLateness * clock.Compression;
        return enforced.Min() > tolerated ? enforced.Min() : tolerated;
    }

    private static SoakEvent Spoke(Guardrail rule, Reaction reaction, Measurement measurement) => new()
    {
        Kind = SoakEventKind.Spoke,
        Guardrail = rule.Name,
        Surface = rule.Surface,
        Measurement = measurement,
        Reaction = rule.Mode == GuardrailMode.Shadow ? Reaction.Continue : reaction,
        Shadow = rule.Mode == GuardrailMode.Shadow,
        Notify = rule.Notify,
        Message = rule.Mode == GuardrailMode.Shadow
            ? $"{rule.Name}: {measurement.Message}; in shadow, it would {Word(reaction)}"
            : $"{rule.Name}: {measurement.Message}",
    };

    private static GuardrailStatus Restart(GuardrailStatus status) =>
        status with { Failed = 0, ConsecutiveFailed = 0, ConsecutiveErrors = 0, Inconclusive = 0, ConsecutiveNoData = 0 };

    private static int Strength(SoakBreach effect) => effect switch { SoakBreach.Hold => 2, SoakBreach.Reset => 1, _ => 0 };

    private static string Verb(SoakBreach effect) => effect switch { SoakBreach.Hold => "stops and the run holds", SoakBreach.Reset => "starts again", _ => "does not count this interval" };

    private static string Word(Reaction reaction) => reaction switch { Reaction.Rollback => "roll back", Reaction.Hold => "hold", _ => "notify" };
}
