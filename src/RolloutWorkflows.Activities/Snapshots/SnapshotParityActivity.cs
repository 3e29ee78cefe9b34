using Microsoft.Extensions.Logging;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>snapshot/parity</c>: a difference is Failed, a state that is not told is Errored.</summary>
internal sealed class SnapshotParityActivity(SnapshotCatalog catalog, SnapshotTargets targets, Grants grants, TimeProvider time, ILogger<SnapshotParityActivity> logger)
    : StepActivity<SnapshotParityStep>(time, logger)
{
    protected override async Task<Orchestrations.StepResult> ExecuteAsync(StepCall<SnapshotParityStep> call, CancellationToken cancellation)
    {
        var step = call.Step;
        if (grants.RefusalOfSnapshots(call.Request.Playbook, step.Target) is { } refusal) return Errored($"Nothing was compared: {refusal}.");
        try
        {
            var target = catalog.TargetOf(step.Target);
            if (step.Compare == "live" && target.State is null)
                return Errored($"{step.Target} does not tell its state: name the address as extensions.rollout.snapshots.{step.Target}.state in host.json, or compare what is staged.");
            SnapshotManifest manifest;
            try
            {
                manifest = await catalog.FindAsync(step.Target, step.Snapshot, cancellation);
            }
            catch (SnapshotException none)
            {
                return Failed($"{none.Message}.");
            }

            var age = (call.Request.At ?? Time.GetUtcNow()) - manifest.Created;
            if (step.MaxAge is { } limit && age > limit)
                return Failed($"{manifest.Name} of {step.Target} is {PlaybookDuration.Format(TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds)))} old; at most {PlaybookDuration.Format(limit)} counts.", OutputsOf(manifest));
            return step.Compare == "live" ? Judge(step, manifest, await targets.ReadAsync(target.State!, cancellation)) : Judge(step, manifest, await catalog.StagedAsync(step.Target, manifest, cancellation));
        }
        catch (SnapshotException unknown)
        {
            return Errored($"Nothing was compared: {unknown.Message}.");
        }
        catch (OutboundException none)
        {
            return Errored($"{step.Target} did not tell its state: {none.Message}.");
        }
    }

    private static Orchestrations.StepResult Judge(SnapshotParityStep step, SnapshotManifest manifest, SnapshotState state)
    {
        if (state.Root == manifest.Root) return Passed($"{step.Target} equals {manifest.Name} ({Short(manifest.Root)}).", OutputsOf(manifest));
        var differs = state.Files is { } files ? SnapshotDifference.Between(manifest.Files, files) : null;
        return Failed($"{step.Target} differs from {manifest.Name}: its root is {Short(state.Root)}, expected {Short(manifest.Root)}{(differs is { IsNone: false } ? $"; {differs}" : "")}.", OutputsOf(manifest));
    }

    private static Orchestrations.StepResult Judge(SnapshotParityStep step, SnapshotManifest manifest, IReadOnlyList<SnapshotFile> staged)
    {
        var differs = SnapshotDifference.Between(manifest.Files, staged);
        return differs.IsNone
            ? Passed($"{manifest.Name} of {step.Target} is ready to be restored: {manifest.Files.Count} files match its manifest.", OutputsOf(manifest))
            : Failed($"{manifest.Name} of {step.Target} could not be restored as it was signed: {differs}.", OutputsOf(manifest));
    }

    private static (string, object?)[] OutputsOf(SnapshotManifest manifest) => [("snapshot", manifest.Name), ("root", manifest.Root)];

    // What a target tells is any text.
    private static string Short(string root) => root.Length <= 19 ? root : root[..19] + "…";
}
