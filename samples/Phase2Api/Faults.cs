using System.Collections.Concurrent;

namespace Phase2Api;

/// <summary>What goes wrong at the moment. Thread-safe.</summary>
public sealed class Faults
{
    /// <summary>One request in twelve of /v2 fails.</summary>
    public const string ErrorSpike = "error-spike";

    /// <summary>/v2 takes half a second.</summary>
    public const string Slow = "slow";

    /// <summary>/v2 says that it is not well.</summary>
    public const string Health = "health";

    /// <summary>The shims answer clients of phase 1 with the words of phase 2.</summary>
    public const string ShimDrift = "shim-drift";

    /// <summary>/v2 takes fewer priorities and no longer says which agent a run has, and describes itself so.</summary>
    public const string ContractBreak = "contract-break";

    public static readonly IReadOnlyList<string> Names = [ErrorSpike, Slow, Health, ShimDrift, ContractBreak];

    private readonly ConcurrentDictionary<string, bool> _on = new();

    public bool Has(string name) => _on.ContainsKey(name);

    /// <summary>False where there is no such fault.</summary>
    public bool Switch(string name, bool on)
    {
        if (!Names.Contains(name)) return false;
        if (on) _on[name] = true;
        else _on.TryRemove(name, out _);
        return true;
    }
}
