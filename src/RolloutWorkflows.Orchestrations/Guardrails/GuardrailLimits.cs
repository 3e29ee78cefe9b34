using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Counts measurements and says which reaction their limits ask for. Pure.</summary>
public static class GuardrailLimits
{
    /// <summary>Whether the verdict lets time count: passed, or warned.</summary>
    public static bool IsClean(MeasurementVerdict verdict) => verdict is MeasurementVerdict.Passed or MeasurementVerdict.Warning;

    /// <summary>The counts after one more measurement.</summary>
    public static GuardrailStatus Count(GuardrailStatus before, Measurement measurement, int skipped)
    {
        var verdict = measurement.Verdict;
        return before with
        {
            Last = measurement,
            CleanAt = IsClean(verdict) ? measurement.MeasuredAt : before.CleanAt,
            BadSince = IsClean(verdict) ? null : before.BadSince ?? measurement.MeasuredAt,
            Measured = before.Measured + 1,
            Skipped = before.Skipped + skipped,
            Failed = before.Failed + (verdict == MeasurementVerdict.Failed ? 1 : 0),
            ConsecutiveFailed = verdict == MeasurementVerdict.Failed ? before.ConsecutiveFailed + 1 : IsClean(verdict) ? 0 : before.ConsecutiveFailed,
            ConsecutiveErrors = verdict == MeasurementVerdict.Error ? before.ConsecutiveErrors + 1 : 0,
            Inconclusive = before.Inconclusive + (verdict == MeasurementVerdict.Inconclusive ? 1 : 0),
            ConsecutiveNoData = verdict == MeasurementVerdict.NoData ? before.ConsecutiveNoData + 1 : 0,
            Warnings = before.Warnings + (verdict == MeasurementVerdict.Warning ? 1 : 0),
        };
    }

    /// <summary>The reaction that the last measurement asks for; <see cref="Reaction.Continue"/> within the limits.</summary>
    public static Reaction ReactionTo(Guardrail rule, GuardrailStatus status) => status.Last?.Verdict switch
    {
        MeasurementVerdict.Failed when FailuresExceeded(rule, status) => rule.OnFailed,
        MeasurementVerdict.Error when status.ConsecutiveErrors > rule.ConsecutiveErrorLimit => rule.OnError,
        MeasurementVerdict.Inconclusive when status.Inconclusive > rule.InconclusiveLimit => rule.OnInconclusive,
        MeasurementVerdict.NoData when status.ConsecutiveNoData > rule.NoDataLimit => rule.OnNoData,
        MeasurementVerdict.Warning => rule.OnWarning,
        _ => Reaction.Continue,
    };

    /// <summary>What a breach within its limits does to the soak's clock.</summary>
    public static SoakBreach BreachEffect(Soak soak, MeasurementVerdict verdict) =>
        soak.OnBreach ?? (verdict == MeasurementVerdict.Failed ? SoakBreach.Reset : SoakBreach.Extend);

    private static bool FailuresExceeded(Guardrail rule, GuardrailStatus status)
    {
        var inAll = rule.FailureLimit ?? (rule.ConsecutiveFailureLimit is null ? 0 : int.MaxValue);
        return status.Failed > inAll || status.ConsecutiveFailed > (rule.ConsecutiveFailureLimit ?? int.MaxValue);
    }
}
