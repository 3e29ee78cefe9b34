using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>What every effect journal must do.</summary>
public abstract class EffectJournalConformance
{
    /// <summary>An empty journal.</summary>
    protected abstract ValueTask<IEffectJournal> CreateAsync();

    [Fact]
    public async Task Intend_New_IsWrittenWithTheRunsNextSequence()
    {
        var journal = await CreateAsync();

        var first = await journal.IntendAsync(Intent("a"));
        var second = await journal.IntendAsync(Intent("b"));
        var otherRun = await journal.IntendAsync(Intent("c") with { RunId = "other" });

        Assert.All([first, second, otherRun], intent => Assert.Equal(EffectIntentOutcome.Written, intent.Outcome));
        Assert.True(second.Record.Sequence > first.Record.Sequence);
        Assert.Equal(first.Record.Sequence, otherRun.Record.Sequence);
    }

    [Fact]
    public async Task ListOfOthersSince_AreTheLinesOfOtherRunsAfterTheRunsFirst()
    {
        var journal = await CreateAsync();
        await journal.IntendAsync(Intent("before") with { RunId = "other" });
        await journal.IntendAsync(Intent("own"));
        await journal.IntendAsync(Intent("since") with { RunId = "other" });
        await journal.IntendAsync(Intent("own-2"));
        await journal.IntendAsync(Intent("later") with { RunId = "third" });
        await journal.SettleAsync("since", EffectState.Applied);

        Assert.Equal(["since", "later"], (await journal.ListOfOthersSinceAsync(Intent("own").RunId)).Select(line => line.EffectId));
        Assert.Empty(await journal.ListOfOthersSinceAsync("absent"));
    }

    [Fact]
    public async Task Accept_Applied_KeepsWhatStandsBesideWhatWasSet()
    {
        var journal = await CreateAsync();
        await journal.IntendAsync(Intent("a"));
        await journal.AcceptAsync("a", JsonSerializer.SerializeToElement(5));
        Assert.Null((await journal.FindAsync("a"))!.Accepted);
        await journal.SettleAsync("a", EffectState.Applied);

        await journal.AcceptAsync("a", JsonSerializer.SerializeToElement(5));

        var line = (await journal.FindAsync("a"))!;
        Assert.Equal((EffectState.Applied, 5), (line.State, line.Accepted?.GetInt32()));
        Assert.Equal(Intent("a").Intended.GetRawText(), line.Intended.GetRawText());
        await Assert.ThrowsAsync<ArgumentException>(async () => await journal.AcceptAsync("unknown", JsonSerializer.SerializeToElement(5)));
    }

    [Fact]
    public async Task Intend_Written_ComesBackWhole()
    {
        var journal = await CreateAsync();
        var intent = Intent("a") with
        {
            Prior = JsonSerializer.SerializeToElement(new { enabled = true, users = new[] { "ada" } }),
            RollbackTo = JsonSerializer.SerializeToElement(0.5),
            Safe = JsonSerializer.SerializeToElement(false),
            Irreversible = true,
            Surface = "web",
            Undo = new StepCall { Uses = "announce", With = new Dictionary<string, JsonElement> { ["to"] = JsonSerializer.SerializeToElement(new[] { "all" }) } },
            Undoes = "b",
        };

        var written = (await journal.IntendAsync(intent)).Record;

        var found = (await journal.FindAsync("a"))!;
        Assert.Equal(JsonSerializer.Serialize(written), JsonSerializer.Serialize(found));
        Assert.Equal(JsonSerializer.Serialize(intent with { Sequence = written.Sequence }), JsonSerializer.Serialize(found));
    }

    [Fact]
    public async Task Intend_WithoutPrior_KeepsJsonNull()
    {
        var journal = await CreateAsync();

        await journal.IntendAsync(Intent("a") with { Prior = JsonSerializer.SerializeToElement<object?>(null) });

        var found = (await journal.FindAsync("a"))!;
        Assert.Equal(JsonValueKind.Null, found.Prior.ValueKind);
        Assert.Null(found.RollbackTo);
        Assert.Null(found.Safe);
    }

    [Fact]
    public async Task Intend_SameIdAgain_ReturnsTheLineWrittenFirst()
    {
        var journal = await CreateAsync();
        var first = await journal.IntendAsync(Intent("a"));
        await journal.SettleAsync("a", EffectState.Applied);

        var again = await journal.IntendAsync(Intent("a") with { Prior = JsonSerializer.SerializeToElement(99) });

        Assert.Equal(EffectIntentOutcome.Known, again.Outcome);
        Assert.Equal((first.Record.Sequence, EffectState.Applied), (again.Record.Sequence, again.Record.State));
        Assert.Equal(1, again.Record.Prior.GetDouble());
        Assert.Single(await journal.ListAsync("run"));
    }

    [Fact]
    public async Task Intend_OlderEpoch_IsRefusedAndNotWritten()
    {
        var journal = await CreateAsync();
        await journal.RaiseEpochAsync("run", 2, surface: null);

        var intent = await journal.IntendAsync(Intent("a") with { Epoch = 1 });

        Assert.Equal((EffectIntentOutcome.Refused, 2), (intent.Outcome, intent.Epoch));
        Assert.Null(await journal.FindAsync("a"));
    }

    [Fact]
    public async Task Intend_KnownWithOlderEpoch_IsRefused()
    {
        var journal = await CreateAsync();
        await journal.IntendAsync(Intent("a"));
        await journal.RaiseEpochAsync("run", 1, surface: null);

        var again = await journal.IntendAsync(Intent("a"));

        Assert.Equal(EffectIntentOutcome.Refused, again.Outcome);
        Assert.Equal("a", again.Record.EffectId);
    }

    [Fact]
    public async Task RaiseEpoch_OfASurface_RefusesThatOneAlone()
    {
        var journal = await CreateAsync();
        Assert.Equal(2, await journal.RaiseEpochAsync("run", 2, "web"));

        Assert.Equal(EffectIntentOutcome.Refused, (await journal.IntendAsync(Intent("a") with { Epoch = 1, Surface = "web" })).Outcome);
        Assert.Equal(EffectIntentOutcome.Written, (await journal.IntendAsync(Intent("b") with { Epoch = 1, Surface = "mobile" })).Outcome);
        Assert.Equal(EffectIntentOutcome.Written, (await journal.IntendAsync(Intent("c") with { Epoch = 1, Surface = null })).Outcome);
        Assert.Equal((2, 0, 0), (await journal.EpochOfAsync("run", "web"), await journal.EpochOfAsync("run", "mobile"), await journal.EpochOfAsync("run", null)));
    }

    [Fact]
    public async Task RaiseEpoch_OfTheRun_CountsForEverySurface()
    {
        var journal = await CreateAsync();
        await journal.RaiseEpochAsync("run", 2, "web");
        Assert.Equal(3, await journal.RaiseEpochAsync("run", 3, surface: null));

        Assert.Equal((3, 3), (await journal.EpochOfAsync("run", "web"), await journal.EpochOfAsync("run", "mobile")));
        Assert.Equal(EffectIntentOutcome.Refused, (await journal.IntendAsync(Intent("a") with { Epoch = 2, Surface = "web" })).Outcome);
    }

    [Fact]
    public async Task RaiseEpoch_LowerOrEqual_ChangesNothing()
    {
        var journal = await CreateAsync();

        Assert.Equal(3, await journal.RaiseEpochAsync("run", 3, surface: null));
        Assert.Equal(3, await journal.RaiseEpochAsync("run", 1, surface: null));
        Assert.Equal(0, await journal.RaiseEpochAsync("other", 0, surface: null));
    }

    [Fact]
    public async Task Settle_WithStandingValue_ReplacesTheIntendedOne()
    {
        var journal = await CreateAsync();
        await journal.IntendAsync(Intent("a"));

        await journal.SettleAsync("a", EffectState.Applied, JsonSerializer.SerializeToElement(5));

        var found = (await journal.FindAsync("a"))!;
        Assert.Equal((EffectState.Applied, 5d, 1d), (found.State, found.Intended.GetDouble(), found.Prior.GetDouble()));
    }

    [Fact]
    public async Task Settle_AppliedAfterCompensated_IsIgnored()
    {
        var journal = await CreateAsync();
        await journal.IntendAsync(Intent("a"));
        await journal.SettleAsync("a", EffectState.Compensated);

        await journal.SettleAsync("a", EffectState.Applied);

        Assert.Equal(EffectState.Compensated, (await journal.FindAsync("a"))!.State);
    }

    [Fact]
    public async Task Settle_UnknownId_Throws()
    {
        var journal = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(async () => await journal.SettleAsync("absent", EffectState.Applied));
    }

    [Fact]
    public async Task NextSequence_Taken_IsSkippedByLaterIntents()
    {
        var journal = await CreateAsync();
        var first = (await journal.IntendAsync(Intent("a"))).Record.Sequence;

        var taken = await journal.NextSequenceAsync("run");
        var second = (await journal.IntendAsync(Intent("b"))).Record.Sequence;

        Assert.True(first < taken && taken < second);
    }

    [Fact]
    public async Task List_OfARun_IsOrderedBySequence()
    {
        var journal = await CreateAsync();
        foreach (var id in new[] { "c", "a", "b" }) await journal.IntendAsync(Intent(id));
        await journal.IntendAsync(Intent("x") with { RunId = "other" });

        Assert.Equal(["c", "a", "b"], (await journal.ListAsync("run")).Select(line => line.EffectId));
    }

    [Fact]
    public async Task Intend_SameIdFromManySides_IsWrittenOnce()
    {
        var journal = await CreateAsync();

        var intents = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await journal.IntendAsync(Intent("a")))));

        Assert.Single(intents, intent => intent.Outcome == EffectIntentOutcome.Written);
        Assert.Single(await journal.ListAsync("run"));
    }

    private static EffectRecord Intent(string id) => new()
    {
        EffectId = id,
        RunId = "run",
        Sequence = 0,
        Epoch = 0,
        Stage = "one",
        Attempt = 1,
        StepId = "step",
        Uses = "flag/rollout",
        Target = "flag:bar",
        Prior = JsonSerializer.SerializeToElement(1),
        Intended = JsonSerializer.SerializeToElement(10),
        State = EffectState.Intended,
        IntendedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567),
    };
}
