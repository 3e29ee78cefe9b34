using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

public sealed class SnapshotParityTests : IAsyncLifetime
{
    private SnapshotRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await SnapshotRig.StartAsync();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task LiveState_EqualsTheSnapshot_Passes()
    {
        rig.Snapshot("checkpoint-1", day: 1);
        var result = await rig.ParityAsync(new { target = "ledger" });
        Assert.Equal((StepVerdict.Passed, "checkpoint-1"), (result.Verdict, result.Outputs["snapshot"].GetString()));
    }

    [Fact]
    public async Task LiveState_Differs_FailsAndNamesTheFiles()
    {
        rig.Snapshot("checkpoint-1", day: 1);
        rig.Ledger = new() { ["balances.json"] = "{ \"alice\": 5 }", ["handles.json"] = "{}" };
        var result = await rig.ParityAsync(new { target = "ledger" });
        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.Contains("changed: balances.json; missing: nonces.json; additional: handles.json", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LiveState_DiffersAndTellsNoFiles_FailsWithBothRoots()
    {
        rig.Snapshot("checkpoint-1", day: 1);
        (rig.Ledger, rig.TellsFiles) = (new() { ["balances.json"] = "x" }, false);
        var result = await rig.ParityAsync(new { target = "ledger" });
        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.Contains("its root is sha256:", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LastSigned_NewerOneIsNotSigned_TheNewestSignedOneCounts()
    {
        rig.Snapshot("checkpoint-1", day: 1);
        rig.Snapshot("checkpoint-2", day: 2);
        rig.Snapshot("checkpoint-3", day: 3, signed: false);
        Assert.Equal("checkpoint-2", (await rig.ParityAsync(new { target = "ledger" })).Outputs["snapshot"].GetString());
    }

    [Fact]
    public async Task Snapshot_SignedBySomebodyElse_Fails()
    {
        rig.Snapshot("checkpoint-3", day: 3, signed: false);
        foreach (var snapshot in new[] { "checkpoint-3", "last-signed" })
        {
            var result = await rig.ParityAsync(new { target = "ledger", snapshot });
            Assert.Equal(StepVerdict.Failed, result.Verdict);
            Assert.Contains("the signature is not 'council''s over these bytes", result.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Manifest_WhoseRootIsNotThatOfItsFiles_Fails()
    {
        rig.Snapshot("checkpoint-1", day: 1, edit: manifest => manifest with { Root = "sha256:00" });
        Assert.Contains("its manifest says sha256:00", (await rig.ParityAsync(new { target = "ledger" })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    public async Task Manifest_NamesAFileOutside_Fails(string path)
    {
        rig.Snapshot("checkpoint-1", day: 1, edit: manifest => manifest with { Files = [manifest.Files[0] with { Path = path }] });
        Assert.Contains("which is no file of a snapshot", (await rig.ParityAsync(new { target = "ledger" })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{ \"name\": \"checkpoint-1\", \"created\": \"2026-03-02T09:00:00Z\", \"root\": \"x\", \"files\": null }")]
    [InlineData("{ \"name\": \"checkpoint-1\", \"created\": \"2026-03-02T09:00:00Z\", \"root\": \"x\", \"files\": [null] }")]
    public async Task Manifest_OfAnotherForm_Fails(string json)
    {
        rig.Snapshot("checkpoint-1", day: 1);
        await File.WriteAllTextAsync(rig.PathOf("catalog/checkpoint-1/manifest.json"), json, TestContext.Current.CancellationToken);
        Assert.Contains("its manifest is no JSON of the expected form", (await rig.ParityAsync(new { target = "ledger" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_OlderThanMaxAge_Fails()
    {
        rig.Snapshot("checkpoint-1", day: 1);
        var result = await rig.ParityAsync(new { target = "ledger", maxAge = "7d" }, day: 9);
        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.Contains("is 8d old; at most 7d counts", result.Message, StringComparison.Ordinal);
        Assert.Equal(StepVerdict.Passed, (await rig.ParityAsync(new { target = "ledger", maxAge = "7d" }, day: 8)).Verdict);
    }

    [Fact]
    public async Task StagedFiles_MatchTheManifest_Passes()
    {
        rig.Snapshot("checkpoint-1", day: 1);
        rig.Ledger = new() { ["balances.json"] = "another state" };
        Assert.Equal(StepVerdict.Passed, (await rig.ParityAsync(new { target = "ledger", compare = "staged" })).Verdict);
    }

    [Fact]
    public async Task StagedFiles_ChangedOrGone_FailsAndNamesThem()
    {
        rig.Snapshot("checkpoint-1", day: 1);
        await File.WriteAllTextAsync(rig.PathOf("catalog/checkpoint-1/balances.json"), "tampered", TestContext.Current.CancellationToken);
        File.Delete(rig.PathOf("catalog/checkpoint-1/nonces.json"));
        var result = await rig.ParityAsync(new { target = "ledger", compare = "staged" });
        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.Contains("changed: balances.json; missing: nonces.json", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Target_Unknown_Errored()
    {
        var result = await rig.ParityAsync(new { target = "registry" });
        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("knows no snapshots of 'registry'; known: ledger", result.Message, StringComparison.Ordinal);
    }
}
