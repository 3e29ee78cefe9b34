using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// What runs intend to change and have changed, written before it is sent, and each run's epoch. Every call is atomic
/// and durable before it returns. Thread-safe.
/// </summary>
public interface IEffectJournal
{
    /// <summary>
    /// Writes an intent, gives it the run's next sequence number, and returns it. An intent whose
    /// <see cref="EffectRecord.EffectId"/> is known is not written again. One whose epoch is lower than the run's, or than
    /// that of its surface, is refused, known or not; the comparison and the write are one.
    /// </summary>
    ValueTask<EffectIntent> IntendAsync(EffectRecord intent, CancellationToken cancellation = default);

    /// <summary>The line, or null where there is none.</summary>
    ValueTask<EffectRecord?> FindAsync(string effectId, CancellationToken cancellation = default);

    /// <summary>
    /// Replaces a line's state and, where given, the value that now counts as set by the run. A line that was undone,
    /// left in place or has drifted stays so when it is told <see cref="EffectState.Applied"/>: that news is late. An
    /// unknown id is an <see cref="ArgumentException"/>.
    /// </summary>
    ValueTask SettleAsync(string effectId, EffectState state, JsonElement? standing = null, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps the value that people let stand in place of what an applied line set. A line in any other state stays as it
    /// is. An unknown id is an <see cref="ArgumentException"/>.
    /// </summary>
    ValueTask AcceptAsync(string effectId, JsonElement standing, CancellationToken cancellation = default);

    /// <summary>All lines of a run, by sequence.</summary>
    ValueTask<IReadOnlyList<EffectRecord>> ListAsync(string runId, CancellationToken cancellation = default);

    /// <summary>Lines that other runs have journaled after this run's first one, oldest first.</summary>
    ValueTask<IReadOnlyList<EffectRecord>> ListOfOthersSinceAsync(string runId, CancellationToken cancellation = default);

    /// <summary>
    /// Raises the epoch of the run, or of one of its surfaces alone, to at least this, and returns what holds for it now:
    /// for a surface the higher of its own and the run's. Neither ever falls.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="epoch">The new epoch; 0 raises nothing.</param>
    /// <param name="surface">The surface that alone is fenced; null: the whole run with all of them.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<int> RaiseEpochAsync(string runId, int epoch, string? surface, CancellationToken cancellation = default);

    /// <summary>The epoch below which nothing may change a surface of the run any more; null: what belongs to no surface.</summary>
    ValueTask<int> EpochOfAsync(string runId, string? surface, CancellationToken cancellation = default);

    /// <summary>A number from the same count as the sequences, higher than all that the run has been given.</summary>
    ValueTask<long> NextSequenceAsync(string runId, CancellationToken cancellation = default);
}
