using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>snapshot/restore</c> of a ledger; its undo is the restore of another snapshot.</summary>
internal sealed class RestoreKind : OnceKind
{
    private readonly SnapshotRig snapshots;

    private RestoreKind(SnapshotRig snapshots) => this.snapshots = snapshots;

    public override IReadOnlyList<string> Done => [.. snapshots.Restores.Select(key => key.Contains("/undo", StringComparison.Ordinal) ? "undo" : "do")];

    protected override StepRig Rig => snapshots.Rig;

    protected override string Uses => "snapshot/restore";

    protected override object Doing => new { target = "ledger", snapshot = "checkpoint-1" };

    protected override object Undoing => new { target = "ledger", snapshot = "checkpoint-2" };

    public static async Task<RestoreKind> StartAsync(bool irreversible)
    {
        var snapshots = await SnapshotRig.StartAsync();
        snapshots.Snapshot("checkpoint-1", day: 1);
        snapshots.Snapshot("checkpoint-2", day: 2, files: new() { ["balances.json"] = "later" });
        return new RestoreKind(snapshots) { IsIrreversible = irreversible };
    }

    public override void Refuse() => snapshots.Status = 409;

    public override void FailUndo(bool fails) => snapshots.Status = fails ? 409 : 202;

    public override ValueTask ForgetSendingAsync(EffectRecord effect) =>
        Journal.SettleAsync(effect.EffectId, EffectState.Intended, (SnapshotRestoring.Of(effect) with { Sent = false }).ToJson());

    public override ValueTask DisposeAsync() => snapshots.DisposeAsync();
}
