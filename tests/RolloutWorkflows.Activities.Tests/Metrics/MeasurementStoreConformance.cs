using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>What every measurement store must do.</summary>
public abstract class MeasurementStoreConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A store without measurements.</summary>
    protected abstract ValueTask<IMeasurementStore> CreateAsync();

    [Fact]
    public async Task Store_Rows_ComeBackWhole()
    {
        var store = await CreateAsync();
        var full = Row("errors", 0) with { Measurement = Row("errors", 0).Measurement with { Baseline = 0.5, Samples = 120 } };
        var bare = Row("latency", 0) with { Measurement = Row("latency", 0).Measurement with { Value = null, Verdict = MeasurementVerdict.Error } };

        await store.StoreAsync([full, bare]);

        var found = await store.FindAsync("run", "one", 1, Noon);
        Assert.Equal([full, bare], found.OrderBy(row => row.Measurement.Guardrail));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task Store_NumberThatIsNone_IsKept(double value)
    {
        var store = await CreateAsync();

        await store.StoreAsync([Row("errors", 0, value)]);

        Assert.Equal(value, (await store.FindAsync("run", "one", 1, Noon))[0].Measurement.Value);
    }

    [Fact]
    public async Task Store_SameKeyAgain_KeepsTheFirst()
    {
        var store = await CreateAsync();
        await store.StoreAsync([Row("errors", 0, 1)]);

        await store.StoreAsync([Row("errors", 0, 2), Row("latency", 0, 3)]);

        var found = await store.FindAsync("run", "one", 1, Noon);
        Assert.Equal([1d, 3d], found.OrderBy(row => row.Measurement.Guardrail).Select(row => row.Measurement.Value!.Value));
    }

    [Fact]
    public async Task Find_OtherKeys_FindsNothing()
    {
        var store = await CreateAsync();
        await store.StoreAsync([Row("errors", 0)]);

        Assert.Empty(await store.FindAsync("other", "one", 1, Noon));
        Assert.Empty(await store.FindAsync("run", "two", 1, Noon));
        Assert.Empty(await store.FindAsync("run", "one", 2, Noon));
        Assert.Empty(await store.FindAsync("run", "one", 1, Noon.AddTicks(1)));
    }

    [Fact]
    public async Task Find_GridTimeInAnotherZone_IsTheSameMoment()
    {
        var store = await CreateAsync();
        await store.StoreAsync([Row("errors", 0)]);

        Assert.Single(await store.FindAsync("run", "one", 1, Noon.ToOffset(TimeSpan.FromHours(2))));
    }

    [Fact]
    public async Task Read_Query_FiltersOrdersAndLimits()
    {
        var store = await CreateAsync();
        foreach (var minute in new[] { 3, 1, 2, 0 })
            await store.StoreAsync([Row("latency", minute), Row("errors", minute)]);
        await store.StoreAsync([Row("errors", 0) with { Stage = "two" }, Row("errors", 0) with { Attempt = 2 }, Row("errors", 0) with { RunId = "other" }]);

        var all = await store.ReadAsync(new MeasurementQuery { RunId = "run" });
        var page = await store.ReadAsync(new MeasurementQuery { RunId = "run", Stage = "one", Attempt = 1, Guardrail = "errors", After = Noon, Limit = 2 });
        var both = await store.ReadAsync(new MeasurementQuery { RunId = "run", Stage = "one", Attempt = 1, Limit = 2 });

        Assert.Equal(10, all.Count);
        Assert.Equal([Noon.AddMinutes(1), Noon.AddMinutes(2)], page.Select(row => row.GridTime));
        Assert.Equal(["errors", "latency"], both.Select(row => row.Measurement.Guardrail));
    }

    private static MeasurementRow Row(string guardrail, int minute, double value = 1) => new()
    {
        RunId = "run",
        Stage = "one",
        Attempt = 1,
        GridTime = Noon.AddMinutes(minute),
        Measurement = new Measurement
        {
            Guardrail = guardrail,
            Verdict = MeasurementVerdict.Passed,
            Value = value,
            Message = "result < 5% holds: 1 %",
            MeasuredAt = Noon.AddMinutes(minute).AddTicks(1234567),
        },
    };
}
