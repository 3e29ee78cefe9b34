using System.Collections.Concurrent;

namespace RppChain;

/// <summary>
/// The chain: epochs that go by, nodes that read their gates from their files at every look, releases on clusters, a
/// freeze on proposals, and storage that snapshots restore. Thread-safe.
/// </summary>
internal sealed class Chain(ChainOptions options, TimeProvider time)
{
    /// <summary>How long an epoch takes while consensus works.</summary>
    public static readonly TimeSpan Epoch = TimeSpan.FromHours(1);

    private const string PreviousRelease = "1.3.0";

    private readonly Lock _lock = new();
    private readonly ChainStorage _storage = new();
    private readonly ConcurrentDictionary<string, byte> _faults = new(options.Faults.ToDictionary(fault => fault, _ => (byte)0));
    private readonly SortedDictionary<string, string> _releases = new(StringComparer.Ordinal) { ["development"] = PreviousRelease, ["testnet"] = PreviousRelease, ["mainnet"] = PreviousRelease };
    private double _epochs = 1200;
    private DateTimeOffset _last = time.GetUtcNow();
    private bool _frozen;

    public IReadOnlyDictionary<string, string> Releases
    {
        get
        {
            lock (_lock) return new SortedDictionary<string, string>(_releases, StringComparer.Ordinal);
        }
    }

    /// <summary>True while no governance proposal is taken.</summary>
    public bool IsFrozen
    {
        get
        {
            lock (_lock) return _frozen;
        }

        set
        {
            lock (_lock) _frozen = value;
        }
    }

    /// <summary>Alerts that page now.</summary>
    public IEnumerable<string> Pages => new[] { (Fault.ChainHalt, "ChainHalted"), (Fault.PeerLost, "PeerLost") }.Where(page => _faults.ContainsKey(page.Item1)).Select(page => page.Item2);

    /// <summary>False where nobody would hear of an alert.</summary>
    public bool IsAlertingArmed => !_faults.ContainsKey(Fault.AlertingDead);

    /// <summary>True where the automation can make fresh nodes.</summary>
    public bool CanProvision => !_faults.ContainsKey(Fault.NoNodes);

    /// <summary>What telemetry says now.</summary>
    public ChainMetrics Measure()
    {
        var gossip = Shows(Fault.GossipUnstable, "malachite_consensus");
        var rewards = Shows(Fault.RewardErrors, "timetoke_rewards");
        var late = _faults.ContainsKey(Fault.ProofsLate);
        var stalls = _faults.ContainsKey(Fault.ChainHalt) || Shows(Fault.ConsensusStall, "witness_network");
        lock (_lock)
        {
            var stalled = stalls || !_storage.IsWhole;
            Pass(stalled);
            return new ChainMetrics
            {
                FinalizedEpochs = Math.Floor(_epochs),
                ConsensusLatency = stalled || _faults.ContainsKey(Fault.LatencySpike) ? 60 : _faults.ContainsKey(Fault.Slow) ? 4 : 1.8,
                ConsensusVotes = stalled ? 0.31 : gossip ? 0.62 : 0.98,
                ProofLatency = stalled ? 90 : late ? 30 : 2.4,
                ProofQueue = stalled ? 5200 : late ? 400 : 120,
                VrfParticipation = stalled ? 0.4 : 0.97,
                GossipStability = gossip ? 0.72 : 0.995,
                RewardErrors = rewards ? 14 : 0,
                WitnessRelay = stalled ? 0.2 : 0.998,
                NetworkChurn = gossip ? 240 : 6,
            };
        }
    }

    public bool SetFault(string name, bool on)
    {
        if (!Fault.Known.Contains(name)) return false;
        // What went by until now went by as it was.
        Measure();
        if (on) _faults[name] = 0;
        else _faults.TryRemove(name, out _);
        lock (_lock)
        {
            if (on && name == Fault.ChainHalt) _storage.Damage();
        }

        return true;
    }

    /// <summary>Deploys a release; false where there is no such cluster, or nobody staged the release.</summary>
    public bool Deploy(string cluster, string release)
    {
        if (release.Contains('/', StringComparison.Ordinal) || !Directory.Exists(Path.Combine(options.Files, "releases", release))) return false;
        lock (_lock)
        {
            if (!_releases.ContainsKey(cluster)) return false;
            _releases[cluster] = release;
            return true;
        }
    }

    public bool DeployPrevious(string cluster) => Deploy(cluster, PreviousRelease);

    /// <summary>Looks at the storage, or does something with it.</summary>
    public T WithStorage<T>(Func<ChainStorage, T> act)
    {
        // What went by until now went by with the storage as it was.
        Measure();
        lock (_lock) return act(_storage);
    }

    /// <summary>Why a node would not load its configuration; null where it would.</summary>
    public string? ProblemOf(string node)
    {
        try
        {
            NodeConfig.Load(File.ReadAllText(Path.Combine(options.Files, "nodes", node, "node.toml")));
            return null;
        }
        catch (Exception refused) when (refused is InvalidDataException or IOException or ArgumentException)
        {
            return refused.Message;
        }
    }

    private bool Shows(string fault, string gate) => _faults.ContainsKey(fault) && Directory.EnumerateDirectories(Path.Combine(options.Files, "nodes")).Any(node => HasGate(node, gate));

    private static bool HasGate(string node, string gate)
    {
        try
        {
            return NodeConfig.Load(File.ReadAllText(Path.Combine(node, "node.toml"))).Has(gate);
        }
        catch (Exception refused) when (refused is InvalidDataException or IOException)
        {
            // A node that does not load its configuration goes on with the one it has; here, with none.
            return false;
        }
    }

    private void Pass(bool stalled)
    {
        var now = time.GetUtcNow();
        if (!stalled) _epochs += (now - _last) * options.Speed / Epoch;
        _last = now;
    }
}
