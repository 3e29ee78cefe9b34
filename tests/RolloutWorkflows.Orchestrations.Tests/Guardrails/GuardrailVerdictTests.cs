using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations.Tests.Guardrails;

public sealed class GuardrailVerdictTests
{
    private const string Above5 = "result > 5%";
    private const string Below2 = "result < 2%";

    [Theory]
    // A failure condition alone.
    [InlineData(0.06, Above5, null, null, MeasurementVerdict.Failed)]
    [InlineData(0.05, Above5, null, null, MeasurementVerdict.Passed)]
    [InlineData(double.NaN, Above5, null, null, MeasurementVerdict.Inconclusive)]
    [InlineData(double.NaN, "isNaN(result)", null, null, MeasurementVerdict.Failed)]
    [InlineData(double.NaN, "default(result, 0) > 5%", null, null, MeasurementVerdict.Passed)]
    // A success condition alone.
    [InlineData(0.01, null, Below2, null, MeasurementVerdict.Passed)]
    [InlineData(0.02, null, Below2, null, MeasurementVerdict.Failed)]
    [InlineData(double.NaN, null, Below2, null, MeasurementVerdict.Inconclusive)]
    // Both: failure beats success, and neither decides nothing.
    [InlineData(0.06, Above5, Below2, null, MeasurementVerdict.Failed)]
    [InlineData(0.01, Above5, Below2, null, MeasurementVerdict.Passed)]
    [InlineData(0.03, Above5, Below2, null, MeasurementVerdict.Inconclusive)]
    [InlineData(0.06, Above5, "result > 1%", null, MeasurementVerdict.Failed)]
    [InlineData(double.NaN, Above5, "isNaN(result)", null, MeasurementVerdict.Inconclusive)]
    // A warning beats all but a failure.
    [InlineData(0.03, Above5, null, "result > 2%", MeasurementVerdict.Warning)]
    [InlineData(0.06, Above5, null, "result > 2%", MeasurementVerdict.Failed)]
    [InlineData(0.01, Above5, null, "result > 2%", MeasurementVerdict.Passed)]
    [InlineData(0.03, Above5, Below2, "result > 2%", MeasurementVerdict.Warning)]
    [InlineData(0.03, null, Below2, "result > 2%", MeasurementVerdict.Failed)]
    [InlineData(0.01, null, Below2, "result > 0.5%", MeasurementVerdict.Warning)]
    // A warning alone.
    [InlineData(0.03, null, null, "result > 2%", MeasurementVerdict.Warning)]
    [InlineData(0.01, null, null, "result > 2%", MeasurementVerdict.Passed)]
    [InlineData(double.NaN, null, null, "result > 2%", MeasurementVerdict.Inconclusive)]
    // Nothing to judge by, or nothing that can be read.
    [InlineData(0.01, null, null, null, MeasurementVerdict.Inconclusive)]
    [InlineData(0.01, "result >", null, null, MeasurementVerdict.Error)]
    public void Judge_Value_FollowsTheConditions(double value, string? failure, string? success, string? warning, MeasurementVerdict expected)
    {
        var guardrail = Guardrail() with { FailureCondition = failure, SuccessCondition = success, WarningCondition = warning };

        Assert.Equal(expected, GuardrailVerdict.Judge(guardrail, MetricReading.Of(value), baseline: null).Verdict);
    }

    [Theory]
    [InlineData(1.3, 1d, "result > baseline * 1.2", MeasurementVerdict.Failed)]
    [InlineData(1.1, 1d, "result > baseline * 1.2", MeasurementVerdict.Passed)]
    [InlineData(1.3, 0d, "result > baseline * 1.2", MeasurementVerdict.Inconclusive)]
    [InlineData(1.3, double.NaN, "result > baseline * 1.2", MeasurementVerdict.Inconclusive)]
    [InlineData(1.3, null, "result > baseline * 1.2", MeasurementVerdict.Inconclusive)]
    [InlineData(1.3, null, "result > default(baseline, 1) * 1.2", MeasurementVerdict.Failed)]
    [InlineData(1.3, null, "result > 1", MeasurementVerdict.Failed)]
    public void Judge_Baseline_ZeroAndMissingDecideNothing(double value, double? baseline, string failure, MeasurementVerdict expected)
    {
        var guardrail = Guardrail() with { FailureCondition = failure, Baseline = new Baseline { Metric = "control" } };
        var reading = baseline is { } known ? MetricReading.Of(known) : MetricReading.NoData("the answer has no 'control'");

        Assert.Equal(expected, GuardrailVerdict.Judge(guardrail, MetricReading.Of(value), reading).Verdict);
    }

    [Theory]
    [InlineData(19d, MeasurementVerdict.NoData)]
    [InlineData(null, MeasurementVerdict.NoData)]
    [InlineData(20d, MeasurementVerdict.Failed)]
    public void Judge_Samples_TooFewAreNoData(double? samples, MeasurementVerdict expected)
    {
        var guardrail = Guardrail() with { FailureCondition = Above5, MinSampleSize = 20 };

        Assert.Equal(expected, GuardrailVerdict.Judge(guardrail, MetricReading.Of(0.5, samples), baseline: null).Verdict);
    }

    [Fact]
    public void Judge_NoValue_KeepsTheReason()
    {
        var guardrail = Guardrail() with { FailureCondition = Above5 };

        Assert.Equal(new(MeasurementVerdict.NoData, "nothing there"), GuardrailVerdict.Judge(guardrail, MetricReading.NoData("nothing there"), null));
        Assert.Equal(new(MeasurementVerdict.Error, "refused"), GuardrailVerdict.Judge(guardrail, MetricReading.Error("refused"), null));
    }

    [Theory]
    [InlineData(0.073, 120d, "the failure condition 'result > 5%' holds: result 0.073 of 120 samples")]
    [InlineData(0.01, null, "'result > 5%' does not hold: result 0.01")]
    [InlineData(double.NaN, null, "'result > 5%' cannot be decided: result NaN")]
    public void Judge_Message_NamesTheRuleAndWhatItGot(double value, double? samples, string expected)
    {
        Assert.Equal(expected, GuardrailVerdict.Judge(Guardrail() with { FailureCondition = Above5 }, MetricReading.Of(value, samples), null).Message);
    }

    [Fact]
    public void Judge_Message_ShowsTheBaseline()
    {
        var guardrail = Guardrail() with { FailureCondition = "result > baseline", Baseline = new Baseline { Metric = "control" } };

        Assert.Equal("'result > baseline' does not hold: result 1, baseline 2", GuardrailVerdict.Judge(guardrail, MetricReading.Of(1), MetricReading.Of(2)).Message);
        Assert.Equal("'result > baseline' cannot be decided: result 1, no baseline (gone)", GuardrailVerdict.Judge(guardrail, MetricReading.Of(1), MetricReading.NoData("gone")).Message);
    }

    private static Guardrail Guardrail() => new() { Name = "errors", Metric = "error-rate" };
}
