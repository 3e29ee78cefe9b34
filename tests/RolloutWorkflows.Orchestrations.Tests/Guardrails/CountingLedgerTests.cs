using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations.Tests.Guardrails;

/// <summary>A soak that counts, ticked by the minute.</summary>
public sealed class CountingLedgerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PlaybookClock Clock = new() { Anchor = Start.UtcDateTime };
    private static readonly Guardrail Errors = new() { Name = "errors", Metric = "errors", FailureCondition = "result > 5%", FailureLimit = 1000, InconclusiveLimit = 1000, NoDataLimit = 1000 };
    private static readonly Soak Ten = new() { Count = [new SoakCount { Metric = "epochs", Increase = 10 }], AtMost = TimeSpan.FromDays(5) };

    /// <summary>One character a minute: a digit or letter reads the counter at 100 and more and the guardrail green, <c>!</c> and <c>~</c> after it a Failed and an Error of the guardrail, <c>?</c> no reading.</summary>
    [Theory]
    [InlineData("0 1 2 3", 3, 0, 100d)]
    [InlineData("5 9", 4, 0, 105d)]
    [InlineData("0 3 3! 4 6", 2, 3 + 1, 103d)] // reset: from the value at the breach; and until it is green again nothing counts
    [InlineData("0 3 5! 6 8", 2, 5 - 2 + 1, 105d)] // what rose up to the breach is gone as well
    [InlineData("0 3 5~ 6 8", 5, 3, 100d)] // extend: only what rose around the error does not count
    [InlineData("0 3 ? 6 8", 5, 3, 100d)] // not read: as an error of a guardrail
    [InlineData("0 3 1 2 4", 5, 1, 100d)] // fell: inconclusive, and it goes on from there
    [InlineData("? ? 4 5 7", 3, 0, 104d)] // read only later: from there
    public void Count_ByDefault_OnlyWhatRoseInCleanTimeCounts(string minutes, double counted, double lost, double start)
    {
        var watch = new Watch(Ten);
        watch.Play(minutes);
        var counter = Assert.Single(watch.Soak.Counters);
        Assert.Equal((counted, lost, start), (counter.Counted, counter.Lost, counter.Start));
    }

    [Theory]
    [InlineData("0 3 1 2 4", 2, 101d)]
    [InlineData("0 3 5~ 6 8", 2, 105d)]
    [InlineData("0 3 ? 6 8", 2, 106d)]
    public void Count_OnBreachReset_StartsAgainWhenItCannotBeTrusted(string minutes, double counted, double start)
    {
        var watch = new Watch(Ten with { OnBreach = SoakBreach.Reset });
        watch.Play(minutes);
        var counter = Assert.Single(watch.Soak.Counters);
        Assert.Equal((counted, start), (counter.Counted, counter.Start));
    }

    [Fact]
    public void Count_FellWithOnBreachHold_HoldsTheRunOnce()
    {
        var watch = new Watch(Ten with { OnBreach = SoakBreach.Hold });
        var events = watch.Play("5 3 2 1");
        var breach = Assert.Single(events, happened => happened.Kind == SoakEventKind.Breached);
        Assert.Equal((Reaction.Hold, "soak.count epochs", MeasurementVerdict.Inconclusive), (breach.Reaction, breach.Guardrail, breach.Measurement!.Verdict));
    }

    [Fact]
    public void Count_NotClean_CountsWhateverElseHappens()
    {
        var watch = new Watch(Ten with { Clean = false });
        watch.Play("0 3! ? 6~ 8");
        Assert.Equal(8, Assert.Single(watch.Soak.Counters).Counted);
    }

    [Fact]
    public void Count_RisenFarEnough_PassesAtThatTick()
    {
        var watch = new Watch(Ten);
        Assert.Empty(watch.Play("0 3 9"));
        var passed = Assert.Single(watch.Play("a"));
        Assert.Equal((SoakEventKind.Passed, "soaked until epochs rose by 10 (100 to 110)"), (passed.Kind, passed.Message));
        Assert.Equal(10, Assert.Single(passed.Account!.Counts).Counted);
    }

    [Theory]
    [InlineData("0 9 a a a", 4)] // the counter first, then the time
    [InlineData("0 1 1 1 1 1 9 a", 7)] // the time first, then the counter
    public void Soak_TimeAndCount_PassesWhenBothHold(string minutes, int passesAt)
    {
        var watch = new Watch(Ten with { For = TimeSpan.FromMinutes(4) });
        Assert.Equal(SoakEventKind.Passed, Assert.Single(watch.Play(minutes)).Kind);
        Assert.Equal(passesAt, watch.Minute);
    }

    [Fact]
    public void Soak_TwoCounters_PassesWhenBothHaveRisen()
    {
        var watch = new Watch(Ten with { Count = [.. Ten.Count, new SoakCount { Metric = "blocks", Increase = 12 }] });
        Assert.Empty(watch.Play("0 a b"));
        Assert.Single(watch.Play("c"));
    }

    [Fact]
    public void Soak_TimeOverAndCounterBehind_DoesNotWakeForItsTime()
    {
        var watch = new Watch(Ten with { For = TimeSpan.FromMinutes(2) });
        watch.Play("0 1 2 3", new ReadBackResult());
        Assert.True(watch.Ledger.NextWake() > Start.AddMinutes(watch.Minute));
        Assert.Null(watch.Soak.PassesAt);
    }

    [Fact]
    public void Count_NotRisenByTheDeadline_TimesOutSayingHowFarItIs()
    {
        var watch = new Watch(Ten with { AtMost = TimeSpan.FromMinutes(3) });
        var events = watch.Play("0 3 6 7 8");
        Assert.Equal("the soak did not pass within 3m: 7 of 10 epochs", Assert.Single(events, happened => happened.Kind == SoakEventKind.TimedOut).Message);
    }

    [Fact]
    public void Count_UnreadableForLong_TellsPeopleOnceAndNeverPassesForIt()
    {
        var events = new Watch(Ten).Play("9 ? ? ? ? ? ? ? ?");
        var told = Assert.Single(events, happened => happened.Kind == SoakEventKind.Spoke);
        Assert.Equal((Reaction.Notify, "soak.count epochs: no data 6 times in a row, and the soak cannot end without it: ?"), (told.Reaction, told.Message));
        Assert.Single(events, happened => happened.Kind == SoakEventKind.Breached);
    }

    [Fact]
    public void Count_NobodyLookedForHours_DoesNotCountWhatRoseUnobserved()
    {
        var watch = new Watch(Ten);
        watch.Play("0 1");
        watch.Minute += 180;
        watch.Play("8 9");
        Assert.Equal((2d, 7d), (watch.Soak.Counters[0].Counted, watch.Soak.Counters[0].Lost));
    }

    [Fact]
    public void Count_SomebodyInterferes_CountsFromTheNextReading()
    {
        var watch = new Watch(Ten);
        watch.Play("0 5");
        watch.Ledger = watch.Ledger.Intervene("ada rolled back", Start.AddMinutes(watch.Minute));
        watch.Play("7 9");
        Assert.Equal((2d, 107d, 1), (watch.Soak.Counters[0].Counted, watch.Soak.Counters[0].Start, watch.Soak.Resets));
    }

    [Fact]
    public void Count_Drifted_StartsAgainHoweverItTreatsBreaches()
    {
        var watch = new Watch(Ten with { OnBreach = SoakBreach.Extend });
        watch.Play("0 5");
        watch.Play("6", new ReadBackResult { Drifted = [new DriftedTarget { EffectId = "e", Target = "flag:x", Uses = "flag/rollout", Stage = "one", StepId = "s", Expected = "1", Found = "2" }] });
        watch.Play("7 9", new ReadBackResult());
        Assert.Equal((2d, 1), (watch.Soak.Counters[0].Counted, watch.Soak.Resets));
    }

    [Fact]
    public void Count_AMillionInSmallSteps_IsExact()
    {
        var counter = new SoakCounter { Rule = new SoakCount { Metric = "m", Increase = 1_000_000 } };
        for (var value = 0; value <= 1_000_000; value += 7) counter = counter.Take(Reading(9e12 + value), counts: true);
        Assert.False(counter.IsReached);
        Assert.True(counter.Take(Reading(9e12 + 1_000_000), counts: true).IsReached);
    }

    [Fact]
    public void Count_TenTenths_AreOne()
    {
        var counter = new SoakCounter { Rule = new SoakCount { Metric = "m", Increase = 1 } };
        for (var step = 0; step <= 10; step++) counter = counter.Take(Reading(step * 0.1), counts: true);
        Assert.True(counter.IsReached);
    }

    [Theory]
    [InlineData(null, 5, MeasurementVerdict.Passed)]
    [InlineData(5d, 5, MeasurementVerdict.Passed)]
    [InlineData(5d, 4.9, MeasurementVerdict.Inconclusive)]
    [InlineData(5d, double.NaN, MeasurementVerdict.NoData)]
    [InlineData(5d, double.PositiveInfinity, MeasurementVerdict.NoData)]
    public void Judge_OfAReading_IsByTheOneBefore(double? before, double value, MeasurementVerdict verdict) =>
        Assert.Equal(verdict, SoakCounter.Judge(new DueCounter("epochs", before), MetricReading.Of(value)).Verdict);

    [Fact]
    public void Judge_SourceFailed_IsNoData() =>
        Assert.Equal(new GuardrailJudgement(MeasurementVerdict.NoData, "refused"), SoakCounter.Judge(new DueCounter("epochs", 1), MetricReading.Error("refused")));

    private static Measurement Reading(double value) => new() { Guardrail = "soak.count m", Verdict = MeasurementVerdict.Passed, Value = value, Message = "", MeasuredAt = Start };

    private sealed class Watch
    {
        public Watch(Soak rule) => Ledger = SoakLedger.Start([Errors], [], Start.AddMinutes(-1), Clock).StartSoak(rule, Start);

        public SoakLedger Ledger { get; set; }

        public SoakClock Soak => Ledger.Soak!;

        /// <summary>The minute of the last tick; the soak starts with the first tick, at minute 0.</summary>
        public int Minute { get; set; } = -1;

        public List<SoakEvent> Play(string minutes, ReadBackResult? look = null)
        {
            var all = new List<SoakEvent>();
            foreach (var minute in minutes.Split(' '))
            {
                var now = Start.AddMinutes(++Minute);
                (Ledger, var events) = Ledger.Advance(now, [OfGuardrail(minute, now), .. Ledger.DueCounters().Select(due => OfCounter(due, minute, now))], Clock, look);
                all.AddRange(events.Where(happened => happened.Kind is not SoakEventKind.Drifted and not SoakEventKind.DriftGone));
            }

            return all;
        }

        private static Measurement OfGuardrail(string minute, DateTimeOffset now) => new()
        {
            Guardrail = "errors",
            Verdict = minute[^1] switch { '!' => MeasurementVerdict.Failed, '~' => MeasurementVerdict.Error, _ => MeasurementVerdict.Passed },
            Message = minute,
            MeasuredAt = now,
        };

        private static Measurement OfCounter(DueCounter due, string minute, DateTimeOffset now)
        {
            var reading = minute[0] == '?' ? MetricReading.NoData("?") : MetricReading.Of(100 + Convert.ToInt32(minute[..1], 16));
            var judgement = SoakCounter.Judge(due, reading);
            return new Measurement { Guardrail = SoakCounter.NameOf(due.Metric), Verdict = judgement.Verdict, Value = reading.Value, Message = judgement.Message, MeasuredAt = now };
        }
    }
}
