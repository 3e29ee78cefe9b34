namespace RolloutWorkflows.Activities.Tests;

/// <summary>What every lease store must do.</summary>
public abstract class LeasesConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>An empty store.</summary>
    protected abstract ValueTask<ILeases> CreateAsync();

    [Fact]
    public async Task Take_Free_IsTheRunsFromThenOn()
    {
        var leases = await CreateAsync();

        Assert.Empty(await leases.TakeAsync(Of("one", "flag:b", "flag:a")));

        Assert.Equal(new Lease { Target = "flag:a", RunId = "one", Playbook = "web4", Since = Noon }, await leases.FindAsync("flag:a"));
        Assert.Equal(["flag:a", "flag:b"], (await leases.ListAsync("one")).Select(lease => lease.Target));
        Assert.Null(await leases.FindAsync("flag:c"));
    }

    [Fact]
    public async Task Take_OneOfSeveralHeld_TakesNoneAndNamesTheHolder()
    {
        var leases = await CreateAsync();
        await leases.TakeAsync(Of("one", "flag:b"));

        var inTheWay = await leases.TakeAsync(Of("two", "flag:a", "flag:b", "flag:c") with { Since = Noon.AddHours(1) });

        Assert.Equal(("flag:b", "one", Noon), Assert.Single(inTheWay) is var held ? (held.Target, held.RunId, held.Since) : default);
        Assert.Empty(await leases.ListAsync("two"));
    }

    [Fact]
    public async Task Take_OwnAgain_KeepsWhenItWasTaken()
    {
        var leases = await CreateAsync();
        await leases.TakeAsync(Of("one", "flag:a"));

        Assert.Empty(await leases.TakeAsync(Of("one", "flag:a", "flag:a", "flag:b") with { Since = Noon.AddHours(1) }));

        Assert.Equal([Noon, Noon.AddHours(1)], (await leases.ListAsync()).Select(lease => lease.Since));
    }

    [Fact]
    public async Task Take_LeftByAnEndedRun_TakesItOver()
    {
        var leases = await CreateAsync();
        await leases.TakeAsync(Of("gone", "flag:a", "flag:z"));
        await leases.TakeAsync(Of("live", "flag:b"));

        Assert.Equal("live", Assert.Single(await leases.TakeAsync(Of("two", "flag:a", "flag:b") with { Ended = ["gone"] })).RunId);
        Assert.Empty(await leases.TakeAsync(Of("two", "flag:a") with { Ended = ["gone"] }));

        Assert.Equal("two", (await leases.FindAsync("flag:a"))!.RunId);
        Assert.Equal("gone", (await leases.FindAsync("flag:z"))!.RunId);
    }

    [Fact]
    public async Task Release_FreesTheRunsLeasesOnly()
    {
        var leases = await CreateAsync();
        await leases.TakeAsync(Of("one", "flag:a", "flag:b"));
        await leases.TakeAsync(Of("two", "flag:c"));

        await leases.ReleaseAsync("one");
        await leases.ReleaseAsync("one");
        await leases.ReleaseAsync("nobody");

        Assert.Equal("flag:c", Assert.Single(await leases.ListAsync()).Target);
    }

    [Fact]
    public async Task TakeOver_SupersedingRun_HoldsEverythingOfTheOldOne()
    {
        var leases = await CreateAsync();
        await leases.TakeAsync(Of("one", "flag:a", "flag:b"));
        await leases.TakeAsync(Of("other", "flag:c"));

        await leases.TakeOverAsync("one", "two", Noon.AddHours(1));
        await leases.ReleaseAsync("one");

        Assert.Equal([("flag:a", "two", Noon.AddHours(1)), ("flag:b", "two", Noon.AddHours(1))], (await leases.ListAsync("two")).Select(lease => (lease.Target, lease.RunId, lease.Since)));
        Assert.Equal("other", (await leases.FindAsync("flag:c"))!.RunId);
    }

    [Fact]
    public async Task Take_ManyRunsAtOnce_ExactlyOneWins()
    {
        var leases = await CreateAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(async () => await leases.TakeAsync(Of($"run-{number}", "flag:a", "flag:b")))));

        Assert.Single(answers, inTheWay => inTheWay.Count == 0);
        Assert.Single((await leases.ListAsync()).Select(lease => lease.RunId).Distinct());
    }

    private static LeaseRequest Of(string run, params string[] targets) => new() { RunId = run, Playbook = "web4", Targets = targets, Since = Noon };
}
