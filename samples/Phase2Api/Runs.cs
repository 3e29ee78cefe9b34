namespace Phase2Api;

/// <summary>The orchestrator behind the gateway, as small as it gets: agents, and runs that are made once for each key. Thread-safe.</summary>
internal sealed class Runs
{
    private readonly Lock _lock = new();
    private readonly List<Run> _runs = [new("run-1", "scout", "done", "normal")];
    private readonly Dictionary<string, Run> _byKey = new(StringComparer.Ordinal);

    public static IReadOnlyList<(string Id, string Name)> Agents { get; } = [("scout", "Scout"), ("scribe", "Scribe")];

    public IReadOnlyList<Run> All
    {
        get
        {
            lock (_lock) return [.. _runs];
        }
    }

    /// <summary>How many runs a key has made.</summary>
    public int CountOf(string key)
    {
        lock (_lock) return _byKey.ContainsKey(key) ? 1 : 0;
    }

    /// <summary>The run of this key, made now or before.</summary>
    public Run Make(string key, string agent, string priority)
    {
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var made)) return made;
            _runs.Add(made = new Run($"run-{_runs.Count + 1}", agent, "queued", priority));
            return _byKey[key] = made;
        }
    }
}
