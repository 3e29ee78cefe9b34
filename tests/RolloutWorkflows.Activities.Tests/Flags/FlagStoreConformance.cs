namespace RolloutWorkflows.Activities.Tests;

/// <summary>What every flag store must do. A store's own test class derives from it and says how to make one.</summary>
public abstract class FlagStoreConformance
{
    /// <summary>A store without flags, on the given clock.</summary>
    protected abstract ValueTask<IFlagStore> CreateAsync(TimeProvider time);

    [Fact]
    public async Task Find_UnknownFlag_IsNull()
    {
        var store = await CreateAsync(TimeProvider.System);

        Assert.Null(await store.FindAsync("absent"));
        Assert.Empty(await store.ListAsync());
    }

    [Fact]
    public async Task Change_NewFlag_CreatesItWithVersionActorAndTime()
    {
        var clock = new FixedClock();
        var store = await CreateAsync(clock);

        var result = await store.ChangeAsync(Percent("bar", 12.5));

        Assert.Equal(FlagChangeOutcome.Changed, result.Outcome);
        Assert.Null(result.Before);
        var flag = (await store.FindAsync("bar"))!;
        Assert.Equal(result.After, flag);
        Assert.Equal(("bar", FlagKind.Percentage, true, 12.5, 1L, "ada", clock.Now), (flag.Name, flag.Kind, flag.Enabled, flag.Percent, flag.Version, flag.UpdatedBy, flag.UpdatedAt));
    }

    [Fact]
    public async Task Change_Canary_IsKeptInOrder()
    {
        var store = await CreateAsync(TimeProvider.System);

        await store.ChangeAsync(Percent("bar", 0) with { Apply = flag => Fresh(0) with { Canary = FlagCanary.Of(true, ["zoë", "ada", "zoë"]) } });

        var canary = (await store.FindAsync("bar"))!.Canary;
        Assert.True(canary.Enabled);
        Assert.Equal(["ada", "zoë"], canary.Users);
    }

    [Fact]
    public async Task Change_NothingChanges_KeepsVersionAndIsAudited()
    {
        var store = await CreateAsync(TimeProvider.System);
        await store.ChangeAsync(Percent("bar", 10));

        var result = await store.ChangeAsync(Percent("bar", 10) with { Actor = "grace" });

        Assert.Equal(FlagChangeOutcome.Unchanged, result.Outcome);
        Assert.Equal((1L, "ada"), (result.After!.Version, result.After.UpdatedBy));
        Assert.Equal([FlagChangeOutcome.Unchanged, FlagChangeOutcome.Changed], (await store.AuditAsync("bar")).Select(line => line.Outcome));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0, 5)]
    public async Task Change_OlderFenceOfTheSameRun_IsRefusedAndAudited(int epoch, long sequence)
    {
        var store = await CreateAsync(TimeProvider.System);
        await store.ChangeAsync(Percent("bar", 1, new FlagFence("run", 1, 3)));

        var result = await store.ChangeAsync(Percent("bar", 50, new FlagFence("run", epoch, sequence)));

        Assert.Equal(FlagChangeOutcome.Refused, result.Outcome);
        Assert.Equal(new FlagFence("run", 1, 3), result.RefusedBy);
        Assert.Equal(1, (await store.FindAsync("bar"))!.Percent);
        Assert.Equal(FlagChangeOutcome.Refused, (await store.AuditAsync("bar"))[0].Outcome);
    }

    [Fact]
    public async Task Change_UnchangedValue_RaisesTheFenceAllTheSame()
    {
        var store = await CreateAsync(TimeProvider.System);
        await store.ChangeAsync(Percent("bar", 1, new FlagFence("run", 0, 1)));
        await store.ChangeAsync(Percent("bar", 1, new FlagFence("run", 1, 2)));

        var late = await store.ChangeAsync(Percent("bar", 50, new FlagFence("run", 0, 9)));

        Assert.Equal(FlagChangeOutcome.Refused, late.Outcome);
    }

    [Fact]
    public async Task Change_EqualFence_IsAccepted()
    {
        var store = await CreateAsync(TimeProvider.System);
        await store.ChangeAsync(Percent("bar", 1, new FlagFence("run", 0, 1)));

        var again = await store.ChangeAsync(Percent("bar", 1, new FlagFence("run", 0, 1)));

        Assert.Equal(FlagChangeOutcome.Unchanged, again.Outcome);
    }

    [Fact]
    public async Task Change_FencesOfOtherRunsFlagsAndHands_DoNotMatter()
    {
        var store = await CreateAsync(TimeProvider.System);
        await store.ChangeAsync(Percent("bar", 1, new FlagFence("run", 5, 50)));

        var otherRun = await store.ChangeAsync(Percent("bar", 2, new FlagFence("next", 0, 1)));
        var otherFlag = await store.ChangeAsync(Percent("other", 3, new FlagFence("run", 0, 1)));
        var byHand = await store.ChangeAsync(Percent("bar", 4));

        Assert.All([otherRun, otherFlag, byHand], result => Assert.Equal(FlagChangeOutcome.Changed, result.Outcome));
    }

    [Fact]
    public async Task Audit_OfARunsChange_SaysWhoWhyWhereAndWhat()
    {
        var clock = new FixedClock();
        var store = await CreateAsync(clock);
        await store.ChangeAsync(Percent("bar", 1));
        var change = Percent("bar", 10, new FlagFence("run", 2, 7)) with { Stage = "ten-percent", Attempt = 3, Reason = "stage opened" };

        await store.ChangeAsync(change);

        var line = (await store.AuditAsync("bar"))[0];
        Assert.Equal(("bar", "ada", "stage opened", "ten-percent", 3, clock.Now), (line.Flag, line.Actor, line.Reason, line.Stage, line.Attempt, line.At));
        Assert.Equal(change.Fence, line.Fence);
        Assert.Equal((1d, 10d), (line.Before!.Percent, line.After!.Percent));
    }

    [Fact]
    public async Task Audit_Pages_GoFromNewestToOldestAndFilterByFlag()
    {
        var store = await CreateAsync(TimeProvider.System);
        foreach (var percent in Enumerable.Range(1, 5))
        {
            await store.ChangeAsync(Percent("bar", percent));
            await store.ChangeAsync(Percent("other", percent));
        }

        var first = await store.AuditAsync("bar", limit: 2);
        var second = await store.AuditAsync("bar", limit: 2, before: first[^1].Number);

        Assert.Equal([5, 4, 3, 2], first.Concat(second).Select(line => line.After!.Percent));
        Assert.Equal(10, (await store.AuditAsync(null)).Count);
    }

    [Fact]
    public async Task List_SeveralFlags_IsOrderedByName()
    {
        var store = await CreateAsync(TimeProvider.System);
        foreach (var name in new[] { "b", "c", "a" }) await store.ChangeAsync(Percent(name, 1));

        Assert.Equal(["a", "b", "c"], (await store.ListAsync()).Select(flag => flag.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public async Task Change_NameThatCannotBe_Throws(string name)
    {
        var store = await CreateAsync(TimeProvider.System);

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.ChangeAsync(Percent(name, 1)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public async Task Change_PercentOutOfRange_ThrowsAndChangesNothing(double percent)
    {
        var store = await CreateAsync(TimeProvider.System);

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.ChangeAsync(Percent("bar", percent)));
        Assert.Null(await store.FindAsync("bar"));
        Assert.Empty(await store.AuditAsync(null));
    }

    [Fact]
    public async Task Change_ManyAtOnce_LosesNone()
    {
        var store = await CreateAsync(TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(index => Task.Run(async () => await store.ChangeAsync(new FlagChange
        {
            Flag = "bar",
            Actor = "ada",
            Apply = flag => (flag ?? Fresh(0)) with { Percent = (flag?.Percent ?? 0) + 1 },
        }))));

        var flag = (await store.FindAsync("bar"))!;
        Assert.Equal((40d, 40L), (flag.Percent, flag.Version));
    }

    private static FlagState Fresh(double percent) => new() { Name = "", Kind = FlagKind.Percentage, Percent = percent };

    private static FlagChange Percent(string flag, double percent, FlagFence? fence = null) =>
        new() { Flag = flag, Actor = "ada", Fence = fence, Apply = present => (present ?? Fresh(0)) with { Percent = percent } };

    private sealed class FixedClock : TimeProvider
    {
        public DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
