using System.Security.Cryptography;

namespace SwarmLedger;

/// <summary>The swarm: a ledger, its core nodes with local stores, the council's decisions, and what goes wrong. Thread-safe.</summary>
public sealed class Swarm
{
    private static readonly string[] Nodes = ["core-1", "core-2", "core-3"];
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(9);

    private readonly Lock gate = new();
    private readonly SwarmOptions options;
    private readonly TimeProvider time;
    private readonly Ledger ledger;
    private readonly Checkpoints checkpoints;
    private readonly HashSet<string> faults = [];
    private readonly Dictionary<string, string?> done = [];
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> stores = [];
    private readonly List<string> candidates = [];
    private readonly List<string> events = [];
    private readonly SortedDictionary<string, int> played = new(StringComparer.Ordinal);
    private readonly DateTimeOffset began;
    private DateTimeOffset signedAt;
    private int failedReconciliations;
    private DateTimeOffset? withdrawnSince;
    private bool endorsed;
    private bool readOnly;
    private bool quiesced;

    public Swarm(SwarmOptions options, TimeProvider time)
    {
        (this.options, this.time, began) = (options, time, time.GetUtcNow());
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (options.Key is { } file) key.ImportFromPem(File.ReadAllText(file));
        (ledger, checkpoints) = (new Ledger(key), new Checkpoints(Directory.CreateDirectory(options.Catalog).FullName, key));
        if (options.Fault is { } fault) faults.Add(fault);
        SignCheckpoint();
    }

    /// <summary>True while the council endorses new claims.</summary>
    public bool Endorsed { get => endorsed; set => Decide(ref endorsed, value, "endorsed", "endorsements revoked"); }

    /// <summary>True while nodes take no payloads.</summary>
    public bool ReadOnly { get => readOnly; set => Decide(ref readOnly, value, "read-only", "writable"); }

    /// <summary>True while peers keep quiet.</summary>
    public bool Quiesced { get => quiesced; set => Decide(ref quiesced, value, "quiet", "talking"); }

    /// <summary>The release candidate that the mesh runs; null: the release.</summary>
    public string? Candidate { get { lock (gate) return candidates.LastOrDefault(); } }

    /// <summary>What the council decided and what became of the ledger, oldest first.</summary>
    public IReadOnlyList<string> Events { get { lock (gate) return [.. events]; } }

    /// <summary>How often each scenario was played.</summary>
    public IReadOnlyDictionary<string, int> Played { get { lock (gate) return new Dictionary<string, int>(played); } }

    private DateTimeOffset Now => began + ((time.GetUtcNow() - began) * options.Speed);

    /// <summary>Switches a fault on or off; false where there is none of that name.</summary>
    public bool Switch(string fault, bool on)
    {
        if (!SwarmOptions.Faults.Contains(fault)) return false;
        lock (gate)
        {
            if (on) faults.Add(fault);
            else faults.Remove(fault);
        }

        return true;
    }

    /// <summary>One run of a scripted scenario; what went wrong, or null. The same key twice is the same run.</summary>
    public string? Play(string scenario, int iteration, string? key)
    {
        lock (gate)
        {
            if (key is null) return Play(scenario, iteration);
            if (!done.TryGetValue(key, out var outcome)) done[key] = outcome = Play(scenario, iteration);
            return outcome;
        }
    }

    private string? Play(string scenario, int iteration)
    {
        if (readOnly) return "nodes are read-only";
        played[scenario] = played.GetValueOrDefault(scenario) + 1;
        var handle = $"handle-{iteration % 20}";
        switch (scenario)
        {
            case "signup-rewards": Move(Ledger.Treasury, handle, 10, iteration); return null;
            case "hype-burns": Move(handle, Ledger.Treasury, 1, iteration); return null;
            case "transfers": Move(handle, $"handle-{(iteration + 7) % 20}", 2, iteration); return null;
            case "ledger-replay": return Reconcile();
            // Chaos suites: payloads go on under disturbance, and must replay to the same root.
            case "partition" or "clock-skew" or "relay-loss": Move(Ledger.Treasury, handle, 1, iteration * 37); return Reconcile();
            default: return $"there is no scenario '{scenario}'";
        }
    }

    /// <summary>Every node throws its local store away and restores the last signed checkpoint.</summary>
    public void Drill()
    {
        lock (gate)
        {
            foreach (var node in Nodes) stores[node] = checkpoints.Read(checkpoints.Last!);
            events.Add($"drilled {checkpoints.Last}");
        }
    }

    /// <summary>The mesh runs another candidate, until that one is withdrawn.</summary>
    public void Deploy(string candidate)
    {
        lock (gate)
        {
            candidates.Remove(candidate);
            candidates.Add(candidate);
        }
    }

    /// <summary>The mesh runs what it ran before; false while it is not ready to.</summary>
    public bool Withdraw(string candidate)
    {
        lock (gate)
        {
            withdrawnSince ??= Now;
            if (faults.Contains("stuck-candidate") && Now < withdrawnSince + Stuck) return false;
            withdrawnSince = null;
            candidates.Remove(candidate);
            return true;
        }
    }

    public void ResetStores()
    {
        lock (gate) foreach (var node in Nodes) stores[node] = new Dictionary<string, string>();
    }

    /// <summary>Rebuilds local stores from what the signed log holds.</summary>
    public void ReplayStores()
    {
        lock (gate)
        {
            var replayed = ledger.Replay(inOrder: false);
            foreach (var node in Nodes) stores[node] = replayed;
        }
    }

    /// <summary>Brings the ledger and all nodes back to a checkpoint.</summary>
    public void Restore(string snapshot)
    {
        lock (gate)
        {
            if (faults.Contains("broken-restore")) return;
            var files = checkpoints.Read(snapshot);
            ledger.Restore(files);
            foreach (var node in Nodes) stores[node] = files;
            failedReconciliations = 0;
            events.Add($"restored {snapshot}");
        }
    }

    /// <summary>Peers talk again, if every one of them holds what the last signed checkpoint holds; what keeps them from it, or null.</summary>
    public string? Rejoin()
    {
        lock (gate)
        {
            if (Checkpoints.RootOf(ledger.Files) != checkpoints.LastRoot) return $"the ledger is not at {checkpoints.Last}";
            if (Diverged() is [var first, ..]) return $"{first} is not at {checkpoints.Last}";
        }

        Quiesced = false;
        return null;
    }

    /// <summary>The signed log since the last checkpoint.</summary>
    public IReadOnlyList<Payload> Payloads { get { lock (gate) return ledger.Log; } }

    public object State(string? node = null)
    {
        lock (gate)
        {
            CheckpointWhenDue();
            var files = node is null ? ledger.Files : stores.GetValueOrDefault(node) ?? new Dictionary<string, string>();
            return new { root = Checkpoints.RootOf(files), files = Checkpoints.Describe(files) };
        }
    }

    public object Telemetry()
    {
        lock (gate)
        {
            CheckpointWhenDue();
            return new
            {
                reconciliation = new { failed = failedReconciliations },
                validation = new { droppedFragments = ledger.Lost, nonceGaps = ledger.Lost },
                deltaSync = new { inCadence = faults.Contains("slow-sync") ? 0.81 : 0.97, count = 480 },
                gossip = new { divergedNodes = Diverged().Count },
                peers = new { discovered = 0.98, bandwidthInBudget = 0.96 },
                conflicts = new { oldestHours = faults.Contains("old-conflict") ? 96 : 11 },
                onboarding = new { p95Seconds = 74 },
                ui = new { p95Ms = faults.Contains("slow-ui") ? 240 : 62 },
                registry = new { endorsements = faults.Contains("quorum-drop") ? 0.5 : 0.92, conflictingRoots = faults.Contains("conflicting-roots") ? 1 : 0 },
                retention30d = 0.66,
                creditsPerDay = faults.Contains("slow-growth") ? 900 : 1840,
            };
        }
    }

    /// <summary>How the council and the modes stand.</summary>
    public object Governance()
    {
        lock (gate) return new { endorsed, readOnly, quiesced, candidate = candidates.LastOrDefault(), faults = faults.ToList(), played = played.ToDictionary(), events = events.ToList() };
    }

    private void Decide(ref bool what, bool now, string on, string off)
    {
        lock (gate)
        {
            if (what == now) return;
            what = now;
            events.Add(now ? on : off);
        }
    }

    /// <summary>Nodes whose local store is not what the last signed checkpoint holds.</summary>
    private List<string> Diverged() => [.. Nodes.Where(node => Checkpoints.RootOf(stores[node]) != checkpoints.LastRoot)];

    private void Move(string from, string to, int credits, int iteration) => ledger.Move(from, to, credits, loses: faults.Contains("lost-payload") && iteration % 37 == 0);

    /// <summary>The log must lead to the state that is served.</summary>
    private string? Reconcile()
    {
        string? wrong;
        try
        {
            wrong = Checkpoints.RootOf(ledger.Replay(inOrder: true)) == Checkpoints.RootOf(ledger.Files) ? null : "the replayed log leads to another root than the ledger's";
        }
        catch (InvalidOperationException found)
        {
            wrong = found.Message;
        }

        if (wrong is not null) failedReconciliations++;
        return wrong;
    }

    private void CheckpointWhenDue()
    {
        if (options.CheckpointEvery is { } every && Now - signedAt >= every && !quiesced && !readOnly && Reconcile() is null) SignCheckpoint();
    }

    private void SignCheckpoint()
    {
        signedAt = Now;
        checkpoints.Sign(ledger.Files, signedAt);
        ledger.Restore(checkpoints.Read(checkpoints.Last!));
        foreach (var node in Nodes) stores[node] = ledger.Files;
    }
}
