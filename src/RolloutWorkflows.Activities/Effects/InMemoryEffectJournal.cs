using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>The effect journal in memory, for tests and simulations.</summary>
public sealed class InMemoryEffectJournal : IEffectJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, EffectRecord> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<(string RunId, string? Surface), int> _epochs = [];
    private readonly Dictionary<string, long> _sequences = new(StringComparer.Ordinal);

    public ValueTask<EffectIntent> IntendAsync(EffectRecord intent, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            var epoch = EpochOf(intent.RunId, intent.Surface);
            var known = _lines.GetValueOrDefault(intent.EffectId);
            if (intent.Epoch < epoch) return new(new EffectIntent(EffectIntentOutcome.Refused, known ?? intent, epoch));
            if (known is not null) return new(new EffectIntent(EffectIntentOutcome.Known, known, epoch));
            var written = intent with { Sequence = Next(intent.RunId), State = EffectState.Intended };
            _lines.Add(written.EffectId, written);
            return new(new EffectIntent(EffectIntentOutcome.Written, written, epoch));
        }
    }

    public ValueTask<EffectRecord?> FindAsync(string effectId, CancellationToken cancellation = default)
    {
        lock (_lock) return new(_lines.GetValueOrDefault(effectId));
    }

    public ValueTask SettleAsync(string effectId, EffectState state, JsonElement? standing = null, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            if (!_lines.TryGetValue(effectId, out var line)) throw new ArgumentException($"No effect '{effectId}' is journaled.", nameof(effectId));
            var late = state == EffectState.Applied && line.State is not (EffectState.Intended or EffectState.Applied);
            if (!late) _lines[effectId] = line with { State = state, Intended = standing ?? line.Intended, Accepted = standing is null ? line.Accepted : null };
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask AcceptAsync(string effectId, JsonElement standing, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            if (!_lines.TryGetValue(effectId, out var line)) throw new ArgumentException($"No effect '{effectId}' is journaled.", nameof(effectId));
            if (line.State == EffectState.Applied) _lines[effectId] = line with { Accepted = standing };
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<IReadOnlyList<EffectRecord>> ListAsync(string runId, CancellationToken cancellation = default)
    {
        lock (_lock) return new([.. _lines.Values.Where(line => line.RunId == runId).OrderBy(line => line.Sequence)]);
    }

    public ValueTask<IReadOnlyList<EffectRecord>> ListOfOthersSinceAsync(string runId, CancellationToken cancellation = default)
    {
        // Lines are never removed, so the dictionary keeps the order in which they came.
        lock (_lock) return new([.. _lines.Values.SkipWhile(line => line.RunId != runId).Where(line => line.RunId != runId)]);
    }

    public ValueTask<int> RaiseEpochAsync(string runId, int epoch, string? surface, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            _epochs[(runId, surface)] = Math.Max(_epochs.GetValueOrDefault((runId, surface)), epoch);
            return new(EpochOf(runId, surface));
        }
    }

    public ValueTask<int> EpochOfAsync(string runId, string? surface, CancellationToken cancellation = default)
    {
        lock (_lock) return new(EpochOf(runId, surface));
    }

    public ValueTask<long> NextSequenceAsync(string runId, CancellationToken cancellation = default)
    {
        lock (_lock) return new(Next(runId));
    }

    private int EpochOf(string runId, string? surface) => Math.Max(_epochs.GetValueOrDefault((runId, null)), _epochs.GetValueOrDefault((runId, surface)));

    private long Next(string runId) => _sequences[runId] = _sequences.GetValueOrDefault(runId) + 1;
}
