using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>A kind that restores by itself, with its values written as short texts, so that one test of a rule serves every kind.</summary>
internal sealed class ReversibleKind : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rules-").FullName;
    private readonly BreakableFlags _flags = new();
    private readonly StepRig _rig;
    private int _epoch;

    public ReversibleKind(string uses)
    {
        Uses = uses;
        _rig = new StepRig(services => services.AddSingleton<IFlagStore>(_flags).AddSingleton(new PlaybookFileOptions { Root = Path.Combine(_folder, "files") }));
        Directory.CreateDirectory(Path.Combine(_folder, "files"));
    }

    public string Uses { get; }

    public IEffectJournal Journal => _rig.Journal;

    /// <summary>Prior value, the run's value, a later value of the run, a stated value to go back to.</summary>
    public (string Prior, string Set, string Later, string Stated) Values => Uses switch
    {
        "flag/set" => ("off", "on", "off", "on"),
        "flag/rollout" => ("5", "50", "80", "2"),
        "flag/canary" => ("ada,bob", "ada,bob,cy", "ada,dee", "ada"),
        "config/gates" => ("false", "true", "false", "true"),
        _ => ("off", "on", "more", "half"),
    };

    /// <summary>What stood before, what the run set, what somebody else wrote over it, and what must stand then.</summary>
    public IEnumerable<(string Prior, string Set, string Foreign, string Left)> Interferences => Uses switch
    {
        "flag/set" => [("on", "on", "off", "off")],
        "flag/rollout" => [("5", "50", "80", "5"), ("5", "50", "3", "3"), ("5", "50", "20", "5")],
        "flag/canary" => [("ada,bob", "ada,bob,cy", "bob,eve", "bob")],
        "config/gates" => [("true", "true", "false", "false")],
        _ => [("off", "on", "odd", "odd")],
    };

    private string File => Path.Combine(_folder, "files", Uses == "config/gates" ? "node.toml" : "shop.env");

    private bool IsFile => Uses is "env/set" or "config/gates";

    public async Task PutByHandAsync(string value)
    {
        switch (Uses)
        {
            case "flag/set": await _rig.ByHandAsync("bar", FlagEdit.Enabled("bar", value == "on")); break;
            case "flag/rollout": await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", Number(value))); break;
            case "flag/canary": await _rig.ByHandAsync("bar", FlagEdit.Canary("bar", FlagCanary.Of(true, value.Split(',')))); break;
            case "config/gates": await System.IO.File.WriteAllTextAsync(File, $"bar = {value}"); break;
            default: await System.IO.File.WriteAllTextAsync(File, $"SHOP={value}\n"); break;
        }
    }

    public async Task<string> ReadAsync()
    {
        if (IsFile) return (await System.IO.File.ReadAllTextAsync(File)).Trim().Split('=')[1].Trim();
        var flag = (await _flags.FindAsync("bar"))!;
        return Uses switch
        {
            "flag/set" => flag.Enabled ? "on" : "off",
            "flag/rollout" => FormattableString.Invariant($"{flag.Percent}"),
            _ => string.Join(',', flag.Canary.Users),
        };
    }

    /// <summary>How often the target was written, or tried to be.</summary>
    public async Task<int> WritesAsync() => IsFile ? System.IO.File.GetLastWriteTimeUtc(File).GetHashCode() : (await _flags.AuditAsync("bar")).Count;

    public void Break(bool broken)
    {
        if (!IsFile) _flags.Broken = broken;
        else if (broken) Directory.Move(Path.Combine(_folder, "files"), Path.Combine(_folder, "away"));
        else Directory.Move(Path.Combine(_folder, "away"), Path.Combine(_folder, "files"));
    }

    public async Task<EffectRecord> SetAsync(string value, Func<StepRequest, StepRequest>? change = null, string? key = null)
    {
        var result = await TrySetAsync(value, change, key);
        Assert.True(result.Verdict == StepVerdict.Passed, result.Message);
        return (await Journal.ListAsync("run"))[^1];
    }

    public Task<StepResult> TrySetAsync(string value, Func<StepRequest, StepRequest>? change = null, string? key = null)
    {
        var request = StepRig.Request(Uses, With(value));
        return _rig.StepAsync(change?.Invoke(request) ?? request, key);
    }

    /// <summary>The intent of a step whose process died before or after it sent.</summary>
    public async Task<EffectRecord> IntendAsync(string prior, string intended) => (await Journal.IntendAsync(new EffectRecord
    {
        EffectId = "died",
        RunId = "run",
        Sequence = 0,
        Epoch = 0,
        Stage = "one",
        Attempt = 1,
        StepId = "step",
        Uses = Uses,
        Target = Uses switch { "env/set" => "env:shop.env#SHOP", "config/gates" => "gates:node.toml#[](bar)", _ => "flag:bar" },
        Prior = Journaled(prior),
        Intended = Journaled(intended),
        State = EffectState.Intended,
    })).Record;

    public async Task<IReadOnlyList<EffectRecord>> BeginAsync() => (await _rig.CallAsync<RollbackWork>(ActivityNames.BeginRollback, new RollbackRequest
    {
        RunId = "run",
        Epoch = ++_epoch,
        To = RollbackTarget.Start,
        Stage = "one",
        Attempt = 1,
        OpenedStages = ["one"],
    })).Effects;

    public Task<CompensationResult> UndoAsync(EffectRecord effect) => _rig.CallAsync<CompensationResult>(ActivityNames.Compensate, new CompensationRequest
    {
        RunId = "run",
        EffectId = effect.EffectId,
        Epoch = _epoch,
        Actor = "rollout",
        Reason = "error-rate failed",
    });

    /// <summary>The value in the form that the step's <c>rollbackTo</c> takes.</summary>
    public JsonElement Json(string value) => Uses switch
    {
        "flag/set" => JsonSerializer.SerializeToElement(value == "on"),
        "flag/rollout" => JsonSerializer.SerializeToElement(Number(value)),
        "flag/canary" => JsonSerializer.SerializeToElement(FlagCanary.Of(true, value.Split(',')), JsonSerializerOptions.Web),
        "config/gates" => JsonSerializer.SerializeToElement(new Dictionary<string, bool> { ["bar"] = value == "true" }),
        _ => JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["SHOP"] = value }),
    };

    /// <summary>The value as the journal keeps it.</summary>
    public JsonElement Journaled(string value) =>
        Uses == "config/gates" ? GateValue.ToJson(new() { ["bar"] = new GateValue(JsonSerializer.SerializeToElement(value == "true"), value) }) : Json(value);

    public void Dispose()
    {
        _rig.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private object With(string value) => Uses switch
    {
        "flag/set" => new { flag = "bar", value = value == "on" },
        "flag/rollout" => new { flag = "bar", percent = Number(value) },
        "flag/canary" => new { flag = "bar", users = value.Split(',') },
        "config/gates" => new { file = "node.toml", gates = new Dictionary<string, bool> { ["bar"] = value == "true" } },
        _ => new { file = "shop.env", values = new Dictionary<string, string> { ["SHOP"] = value } },
    };

    private static double Number(string value) => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Flags whose store can be down.</summary>
    private sealed class BreakableFlags : IFlagStore
    {
        private readonly InMemoryFlagStore _store = new(TimeProvider.System);

        public bool Broken { get; set; }

        public ValueTask<FlagState?> FindAsync(string flag, CancellationToken cancellation = default) => _store.FindAsync(flag, cancellation);

        public ValueTask<IReadOnlyList<FlagState>> ListAsync(CancellationToken cancellation = default) => _store.ListAsync(cancellation);

        public ValueTask<FlagChangeResult> ChangeAsync(FlagChange change, CancellationToken cancellation = default) =>
            Broken ? throw new IOException("the flag store is down") : _store.ChangeAsync(change, cancellation);

        public ValueTask<IReadOnlyList<FlagAuditEntry>> AuditAsync(string? flag, int limit = 100, long? before = null, CancellationToken cancellation = default) =>
            _store.AuditAsync(flag, limit, before, cancellation);
    }
}
