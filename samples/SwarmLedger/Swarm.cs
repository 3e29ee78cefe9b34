using System.Security.Cryptography;

namespace SwarmLedger;

/// <summary>
/// The swarm: its ledger, the ledger of an isolated mesh that mirrors it, nodes with local stores, the council's decisions, and
/// what goes wrong. Thread-safe.
/// </summary>
public sealed class Swarm
{
    /// <summary>What everybody's credits stand in.</summary>
    public const string Live = "ledger";

    /// <summary>Where scenarios, chaos suites and drills are played, so that nobody's credits are touched.</summary>
    public const string Isolated = "isolated-mesh";

    /// <summary>The operator who may be away.</summary>
    private const string Away = "omar";

    private static readonly string[] Core = ["core-1", "core-2", "core-3"];
    private static readonly string[] Everybody = [.. Core, "olga", "oscar", "otto", Away];
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(9);

    private readonly Lock gate = new();
    private readonly SwarmOptions options;
    private readonly TimeProvider time;
    private readonly Ledger ledger;
    private readonly Ledger isolated;
    private readonly Checkpoints checkpoints;
    private readonly HashSet<string> faults = [];
    private readonly Dictionary<string, string?> done = [];

    /// <summary>Ledgers that were to be restored since peers last talked.</summary>
    private readonly HashSet<string> restoring = [];
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
        (ledger, isolated, checkpoints) = (new Ledger(key), new Ledger(key), new Checkpoints(Directory.CreateDirectory(options.Catalog).FullName, key));
        if (options.Fault is { } fault) faults.Add(fault);
        SignCheckpoint();
        isolated.Restore(ledger.Files);
    }

    /// <summary>True while the council endorses new claims: the first ones come in at once.</summary>
    public bool Endorsed
    {
        get => endorsed;
        set
        {
            lock (gate)
            {
                if (value && !endorsed) foreach (var claim in Enumerable.Range(0, 20)) ledger.Move(Ledger.Treasury, $"handle-{claim}", 10, loses: false);
                Decide(ref endorsed, value, "endorsed", "endorsements revoked");
            }
        }
    }

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
            // Whoever is away still holds what no checkpoint holds.
            if (on && fault == "away-operator") stores[Away] = ledger.Files;
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
            case "ledger-replay": return Reconcile(isolated);
            // Chaos suites: payloads go on under disturbance, and must replay to the same root.
            case "partition" or "clock-skew" or "relay-loss": Move(Ledger.Treasury, handle, 1, iteration * 37); return Reconcile(isolated);
            default: return $"there is no scenario '{scenario}'";
        }
    }

    /// <summary>Every core node throws its local store away and restores the last signed checkpoint.</summary>
    public void Drill()
    {
        lock (gate)
        {
            Give(Core, checkpoints.Read(checkpoints.Last!));
            events.Add($"drilled {checkpoints.Last}");
        }
    }

    /// <summary>The same on every node that can be reached, operators' nodes among them.</summary>
    public void Resync()
    {
        lock (gate)
        {
            Give(Everybody, checkpoints.Read(checkpoints.Last!));
            events.Add($"resynced {checkpoints.Last}");
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
        lock (gate) Give(Core, new Dictionary<string, string>());
    }

    /// <summary>Rebuilds local stores from what the signed log holds.</summary>
    public void ReplayStores()
    {
        lock (gate)
        {
            Give(Core, isolated.Replay(inOrder: false));
        }
    }

    /// <summary>Brings a ledger, and the nodes on it, back to a checkpoint; false where there is no such ledger.</summary>
    public bool Restore(string target, string snapshot)
    {
        if (target is not (Live or Isolated)) return false;
        lock (gate)
        {
            restoring.Add(target);
            if (faults.Contains("broken-restore")) return true;
            var files = checkpoints.Read(snapshot);
            LedgerOf(target).Restore(files);
            Give(target == Live ? Everybody : Core, files);
            failedReconciliations = 0;
            events.Add(target == Live ? $"restored {snapshot}" : $"restored {snapshot} on the isolated mesh");
            return true;
        }
    }

    /// <summary>Peers talk again, if every one of them holds what the last signed checkpoint holds; what keeps them from it, or null.</summary>
    public string? Rejoin()
    {
        lock (gate)
        {
            string[] wanted = restoring.Count > 0 ? [.. restoring] : [Live];
            if (Array.Find(wanted, target => Checkpoints.RootOf(LedgerOf(target).Files) != checkpoints.LastRoot) is { } behind) return $"{behind} is not at {checkpoints.Last}";
            if (Diverged() is [var first, ..]) return $"{first} is not at {checkpoints.Last}";
            restoring.Clear();
        }

        Quiesced = false;
        return null;
    }

    /// <summary>What the isolated mesh did since its ledger was last restored, signed.</summary>
    public IReadOnlyList<Payload> Payloads { get { lock (gate) return isolated.Log; } }

    /// <param name="of">A ledger, or a node.</param>
    public object State(string of)
    {
        lock (gate)
        {
            CheckpointWhenDue();
            var files = of is Live or Isolated ? LedgerOf(of).Files : StoreOf(of);
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
                validation = new { droppedFragments = ledger.Lost + isolated.Lost, nonceGaps = ledger.Lost + isolated.Lost },
                deltaSync = new { inCadence = faults.Contains("slow-sync") ? 0.81 : 0.97, count = 480 },
                gossip = new { divergedNodes = Diverged().Count },
                peers = new { discovered = 0.98, bandwidthInBudget = 0.96 },
                conflicts = new { oldestHours = faults.Contains("old-conflict") ? 96 : 11 },
                onboarding = new { p95Seconds = 74 },
                ui = new { p95Ms = faults.Contains("slow-ui") ? 240 : 62 },
                registry = new { endorsements = faults.Contains("quorum-drop") ? 0.5 : 0.92, conflictingRoots = faults.Contains("conflicting-roots") ? 1 : 0 },
                retention30d = 0.66,
                // The share of nodes that hold credits, and transfers per handle and day.
                adoption = faults.Contains("slow-growth") ? 0.21 : 0.44,
                usage = faults.Contains("slow-growth") ? 1.1 : 2.6,
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
    private List<string> Diverged() => [.. Everybody.Where(node => Checkpoints.RootOf(StoreOf(node)) != checkpoints.LastRoot)];

    private Ledger LedgerOf(string target) => target == Live ? ledger : isolated;

    private IReadOnlyDictionary<string, string> StoreOf(string node) => stores.GetValueOrDefault(node) ?? new Dictionary<string, string>();

    private void Give(IEnumerable<string> nodes, IReadOnlyDictionary<string, string> files)
    {
        foreach (var node in nodes.Where(node => node != Away || !faults.Contains("away-operator"))) stores[node] = files;
    }

    private void Move(string from, string to, int credits, int iteration) => isolated.Move(from, to, credits, loses: faults.Contains("lost-payload") && iteration % 37 == 0);

    /// <summary>The log must lead to the state that is served.</summary>
    private string? Reconcile(Ledger ledger)
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
        if (options.CheckpointEvery is { } every && Now - signedAt >= every && !quiesced && !readOnly && Reconcile(ledger) is null) SignCheckpoint();
    }

    private void SignCheckpoint()
    {
        signedAt = Now;
        checkpoints.Sign(ledger.Files, signedAt);
        ledger.Restore(checkpoints.Read(checkpoints.Last!));
        Give(Everybody, ledger.Files);
    }
}
