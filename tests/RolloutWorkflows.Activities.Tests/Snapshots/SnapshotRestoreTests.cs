using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

public sealed class SnapshotRestoreTests
{
    [Fact]
    public async Task Target_RestoresTheSnapshot_PassesWithEqualDigests()
    {
        await using var rig = await SnapshotRig.StartAsync();
        var manifest = rig.Snapshot("checkpoint-1", day: 1);
        rig.Ledger = new() { ["balances.json"] = "broken" };
        var result = await rig.ToEndAsync(SnapshotRig.Restore(new { target = "ledger" }));
        Assert.Equal((StepVerdict.Passed, manifest.Root), (result.Verdict, result.Outputs["digest"].GetString()));
        Assert.Equal(["balances.json", "nonces.json"], rig.Ledger.Keys.Order());
        Assert.Equal(EffectState.Applied, Assert.Single(await rig.Rig.Journal.ListAsync("run")).State);
    }

    [Fact]
    public async Task Redelivery_AsksNoSecondTime()
    {
        await using var rig = await SnapshotRig.StartAsync();
        rig.Snapshot("checkpoint-1", day: 1);
        var request = SnapshotRig.Restore(new { target = "ledger" });
        await rig.ToEndAsync(request, call: "same");
        Assert.Equal(StepVerdict.Passed, (await rig.ToEndAsync(request, call: "same")).Verdict);
        Assert.Single(rig.Restores);
    }

    [Fact]
    public async Task NewerSnapshotSigned_WhileItRestores_TheOneItBeganWithCounts()
    {
        await using var rig = await SnapshotRig.StartAsync();
        rig.Snapshot("checkpoint-1", day: 1);
        rig.IsStuck = true;
        rig.Ledger = new() { ["balances.json"] = "broken" };
        var request = SnapshotRig.Restore(new { target = "ledger" });
        var waiting = await rig.Rig.StepAsync(request);
        Assert.Equal(StepVerdict.Waiting, waiting.Verdict);
        rig.Snapshot("checkpoint-2", day: 2);
        rig.Ledger = new() { ["balances.json"] = "{}", ["nonces.json"] = "{}" };
        Assert.Equal("checkpoint-1", (await rig.Rig.StepAsync(request with { Kept = waiting.Keep })).Outputs["snapshot"].GetString());
    }

    [Fact]
    public async Task Target_NeverBecomesEqual_FailsAndNamesWhatDiffers()
    {
        await using var rig = await SnapshotRig.StartAsync();
        rig.Snapshot("checkpoint-1", day: 1);
        (rig.IsStuck, rig.Ledger) = (true, new() { ["balances.json"] = "broken", ["nonces.json"] = "{}" });
        var result = await rig.ToEndAsync(SnapshotRig.Restore(new { target = "ledger", timeout = "200ms" }));
        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.Contains("was not restored to checkpoint-1 within 200ms, although it was asked to; changed: balances.json", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_AfterItDidNotBecomeEqual_AsksAnewUnderAnotherKey()
    {
        await using var rig = await SnapshotRig.StartAsync();
        rig.Snapshot("checkpoint-1", day: 1);
        (rig.IsStuck, rig.Ledger) = (true, new() { ["balances.json"] = "broken" });
        var request = SnapshotRig.Restore(new { target = "ledger", timeout = "200ms" });
        Assert.Equal(StepVerdict.Failed, (await rig.ToEndAsync(request)).Verdict);
        rig.IsStuck = false;
        Assert.Equal(StepVerdict.Passed, (await rig.ToEndAsync(request)).Verdict);
        Assert.Equal(2, rig.Restores.Distinct().Count());
    }

    [Fact]
    public async Task Target_Refuses_Fails()
    {
        await using var rig = await SnapshotRig.StartAsync();
        rig.Snapshot("checkpoint-1", day: 1);
        rig.Status = 403;
        var result = await rig.ToEndAsync(SnapshotRig.Restore(new { target = "ledger" }));
        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.Contains("refused to restore checkpoint-1: it answered 403", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_NotSigned_NothingIsRestored()
    {
        await using var rig = await SnapshotRig.StartAsync();
        rig.Snapshot("checkpoint-1", day: 1, signed: false);
        Assert.Equal(StepVerdict.Errored, (await rig.ToEndAsync(SnapshotRig.Restore(new { target = "ledger" }))).Verdict);
        Assert.Empty(rig.Restores);
        Assert.Empty(await rig.Rig.Journal.ListAsync("run"));
    }

    [Fact]
    public async Task Command_RestoresAndEndsWithZero_Passes()
    {
        await using var rig = await SnapshotRig.StartAsync("echo \"$1 $2 $3 $4\" > restored");
        var manifest = rig.Snapshot("checkpoint-1", day: 1);
        var result = await rig.ToEndAsync(SnapshotRig.Restore(new { target = "ledger" }));
        Assert.Equal(StepVerdict.Passed, result.Verdict);
        Assert.Equal($"ledger checkpoint-1 {manifest.Root} {rig.PathOf("catalog/checkpoint-1")}\n", await File.ReadAllTextAsync(rig.PathOf("restored"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Command_EndsOtherwise_Fails()
    {
        await using var rig = await SnapshotRig.StartAsync("exit 4");
        rig.Snapshot("checkpoint-1", day: 1);
        var result = await rig.ToEndAsync(SnapshotRig.Restore(new { target = "ledger" }));
        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.Contains("restore ended with 4", result.Message, StringComparison.Ordinal);
    }
}
