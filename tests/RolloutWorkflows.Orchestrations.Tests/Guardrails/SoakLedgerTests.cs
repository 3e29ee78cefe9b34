using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations.Tests.Guardrails;

public sealed class SoakLedgerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PlaybookClock Clock = new() { Anchor = Start.UtcDateTime };
    private static readonly Guardrail Errors = new() { Name = "errors", Metric = "errors", FailureCondition = "result > 5%", FailureLimit = 2 };

    [Fact]
    public void Soak_AllGreen_PassesAfterItsTime()
    {
        var watch = new Watch(Errors).Soak("10m");
        for (var minute = 1; minute <= 9; minute++) Assert.Empty(watch.Tick(minute, MeasurementVerdict.Passed));
        Assert.Equal(SoakEventKind.Passed, Assert.Single(watch.Tick(10, MeasurementVerdict.Passed)).Kind);
        Assert.Equal(TimeSpan.FromMinutes(10), watch.Ledger.Soak!.Counted);
    }

    [Fact]
    public void Soak_FailedWithinItsLimit_StartsAgain()
    {
        var watch = new Watch(Errors).Soak("10m");
        for (var minute = 1; minute <= 5; minute++) watch.Tick(minute, MeasurementVerdict.Passed);
        Assert.Equal(SoakEventKind.Breached, Assert.Single(watch.Tick(6, MeasurementVerdict.Failed)).Kind);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMinutes(6), 1), (watch.Ledger.Soak!.Counted, watch.Ledger.Soak.Lost, watch.Ledger.Soak.Resets));
    }

    [Fact]
    public void Soak_ErrorWithinItsLimit_ExtendsByTheIntervalsAroundIt()
    {
        var watch = new Watch(Errors).Soak("10m");
        watch.Tick(1, MeasurementVerdict.Passed);
        watch.Tick(2, MeasurementVerdict.Error);
        watch.Tick(3, MeasurementVerdict.Passed);
        watch.Tick(4, MeasurementVerdict.Passed);
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2)), (watch.Ledger.Soak!.Counted, watch.Ledger.Soak.Lost));
    }

    [Fact]
    public void Soak_Warning_CountsAsClean()
    {
        var watch = new Watch(Errors).Soak("2m");
        watch.Tick(1, MeasurementVerdict.Warning);
        Assert.Contains(watch.Tick(2, MeasurementVerdict.Warning), happened => happened.Kind == SoakEventKind.Passed);
    }

    [Fact]
    public void Soak_NothingMeasuredForHours_CountsOnlyWhatWasObserved()
    {
        var watch = new Watch(Errors).Soak("24h");
        watch.Tick(1, MeasurementVerdict.Passed);
        watch.Tick(181, MeasurementVerdict.Passed);
        Assert.Equal(TimeSpan.FromMinutes(3), watch.Ledger.Soak!.Counted);
        Assert.Equal(179, watch.Ledger.Tracks[0].Status.Skipped);
    }

    [Fact]
    public void Soak_NotPassedByItsDeadline_TimesOutOnce()
    {
        var watch = new Watch(Errors with { FailureLimit = 1000 }).Soak("2m");
        for (var minute = 1; minute <= 3; minute++) watch.Tick(minute, MeasurementVerdict.Failed);
        Assert.Contains(watch.Tick(4, MeasurementVerdict.Failed), happened => happened.Kind == SoakEventKind.TimedOut);
        Assert.DoesNotContain(watch.Tick(5, MeasurementVerdict.Failed), happened => happened.Kind == SoakEventKind.TimedOut);
    }

    [Theory]
    [InlineData(MeasurementVerdict.Failed, 3, Reaction.Rollback)]
    [InlineData(MeasurementVerdict.Error, 5, Reaction.Hold)]
    [InlineData(MeasurementVerdict.Inconclusive, 5, Reaction.Hold)]
    [InlineData(MeasurementVerdict.NoData, 6, Reaction.Hold)]
    public void Guardrail_LimitExceeded_SpeaksOnTheMeasurementAfterTheLimit(MeasurementVerdict verdict, int measurement, Reaction reaction)
    {
        var watch = new Watch(Errors);
        for (var minute = 1; minute < measurement; minute++) Assert.Empty(watch.Tick(minute, verdict));
        var spoke = Assert.Single(watch.Tick(measurement, verdict));
        Assert.Equal((SoakEventKind.Spoke, reaction), (spoke.Kind, spoke.Reaction));
        Assert.Empty(watch.Tick(measurement + 1, verdict));
    }

    [Fact]
    public void Guardrail_OnlyConsecutiveLimitStated_ForgetsFailuresThatAPassInterrupts()
    {
        var watch = new Watch(Errors with { FailureLimit = null, ConsecutiveFailureLimit = 1 });
        watch.Tick(1, MeasurementVerdict.Failed);
        watch.Tick(2, MeasurementVerdict.Passed);
        Assert.Empty(watch.Tick(3, MeasurementVerdict.Failed));
        Assert.Equal(Reaction.Rollback, Assert.Single(watch.Tick(4, MeasurementVerdict.Failed)).Reaction);
    }

    [Fact]
    public void Guardrail_HeldForErrorsThenFailing_StillRollsBack()
    {
        var watch = new Watch(Errors);
        for (var minute = 1; minute <= 5; minute++) watch.Tick(minute, MeasurementVerdict.Error);
        for (var minute = 6; minute <= 7; minute++) Assert.Empty(watch.Tick(minute, MeasurementVerdict.Failed));
        Assert.Equal(Reaction.Rollback, Assert.Single(watch.Tick(8, MeasurementVerdict.Failed)).Reaction);
    }

    [Fact]
    public void Guardrail_Shadow_SaysWhatItWouldHaveDoneAndLeavesTheClockAlone()
    {
        var watch = new Watch(Errors with { Mode = GuardrailMode.Shadow, FailureLimit = 0 }).Soak("3m");
        var spoke = Assert.Single(watch.Tick(1, MeasurementVerdict.Failed));
        Assert.True(spoke.Shadow);
        Assert.Equal(Reaction.Continue, spoke.Reaction);
        Assert.Contains("it would roll back", spoke.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(1), watch.Ledger.Soak!.Counted);
    }

    [Fact]
    public void Guardrail_Warning_SpeaksWhenItBeginsAndAgainWhenItComesBack()
    {
        var watch = new Watch(Errors);
        Assert.Equal(Reaction.Notify, Assert.Single(watch.Tick(1, MeasurementVerdict.Warning)).Reaction);
        Assert.Empty(watch.Tick(2, MeasurementVerdict.Warning));
        watch.Tick(3, MeasurementVerdict.Passed);
        Assert.Single(watch.Tick(4, MeasurementVerdict.Warning));
    }

    [Fact]
    public void Resume_LimitsStartAgain()
    {
        var watch = new Watch(Errors);
        for (var minute = 1; minute <= 5; minute++) watch.Tick(minute, MeasurementVerdict.Error);
        watch.Ledger = watch.Ledger.Resume();
        for (var minute = 6; minute <= 9; minute++) Assert.Empty(watch.Tick(minute, MeasurementVerdict.Error));
        Assert.Equal(Reaction.Hold, Assert.Single(watch.Tick(10, MeasurementVerdict.Error)).Reaction);
    }

    [Fact]
    public void LeaveStage_OnlyTheRunsGuardrailsGoOn()
    {
        var ledger = SoakLedger.Start([Errors], [Errors with { Name = "latency" }], Start, Clock).LeaveStage();
        Assert.Equal("errors", Assert.Single(ledger.Tracks).Rule.Name);
    }

    /// <summary>A watch over one guardrail, ticked by the minute.</summary>
    private sealed class Watch(Guardrail rule)
    {
        public SoakLedger Ledger { get; set; } = SoakLedger.Start([rule], [], Start, Clock);

        public Watch Soak(string time)
        {
            Ledger = Ledger.StartSoak(new Soak { For = PlaybookDuration.Parse(time) }, Start);
            return this;
        }

        public IReadOnlyList<SoakEvent> Tick(int minute, MeasurementVerdict verdict)
        {
            var now = Start.AddMinutes(minute);
            Assert.Equal(rule.Name, Assert.Single(Ledger.Due(now)).Name);
            var measurement = new Measurement { Guardrail = rule.Name, Verdict = verdict, Message = $"{verdict} at {minute}", MeasuredAt = now };
            (Ledger, var events) = Ledger.Advance(now, [measurement], Clock);
            return events;
        }
    }
}
