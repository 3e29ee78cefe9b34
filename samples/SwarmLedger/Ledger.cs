using System.Security.Cryptography;
using System.Text.Json;

namespace SwarmLedger;

/// <summary>Balances and nonces of handles, and the signed log of what happened since the last checkpoint. Not thread-safe.</summary>
public sealed class Ledger(ECDsa key)
{
    /// <summary>Where credits come from and burnt ones go.</summary>
    public const string Treasury = "treasury";

    private SortedDictionary<string, int> balances = new(StringComparer.Ordinal) { [Treasury] = 1_000_000 };
    private SortedDictionary<string, int> nonces = new(StringComparer.Ordinal) { [Treasury] = 0 };

    /// <summary>What the log begins with.</summary>
    private IReadOnlyDictionary<string, string> start = new Dictionary<string, string>();
    private readonly List<Payload> log = [];
    private int accepted;

    /// <summary>Payloads that were taken, and are not in the log.</summary>
    public int Lost => accepted - log.Count;

    /// <summary>What was taken since the last checkpoint, signed.</summary>
    public IReadOnlyList<Payload> Log => [.. log];

    /// <summary>The state as files: path to text.</summary>
    public IReadOnlyDictionary<string, string> Files => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["balances.json"] = JsonSerializer.Serialize(balances),
        ["nonces.json"] = JsonSerializer.Serialize(nonces),
    };

    /// <summary>Moves credits under the sender's next nonce.</summary>
    public void Move(string from, string to, int credits, bool loses)
    {
        var payload = new Payload(++accepted, from, to, credits, nonces.GetValueOrDefault(from) + 1, "");
        Apply(balances, nonces, payload);
        if (!loses) log.Add(payload with { Signature = Convert.ToBase64String(key.SignData(payload.Signed(), HashAlgorithmName.SHA256)) });
    }

    /// <summary>The state that the log leads to; throws where a signature is wrong.</summary>
    /// <param name="inOrder">True: nonces must advance one by one, too.</param>
    public IReadOnlyDictionary<string, string> Replay(bool inOrder)
    {
        var (replayed, counted) = Read(start);
        foreach (var payload in log)
        {
            if (!key.VerifyData(payload.Signed(), Convert.FromBase64String(payload.Signature), HashAlgorithmName.SHA256)) throw new InvalidOperationException($"payload {payload.Number} is not signed");
            if (inOrder && payload.Nonce != counted.GetValueOrDefault(payload.From) + 1) throw new InvalidOperationException($"payload {payload.Number}: the nonce of {payload.From} jumps from {counted.GetValueOrDefault(payload.From)} to {payload.Nonce}");
            Apply(replayed, counted, payload);
        }

        return new SortedDictionary<string, string>(StringComparer.Ordinal) { ["balances.json"] = JsonSerializer.Serialize(replayed), ["nonces.json"] = JsonSerializer.Serialize(counted) };
    }

    /// <summary>Becomes what the files say; the log begins anew there.</summary>
    public void Restore(IReadOnlyDictionary<string, string> files)
    {
        (balances, nonces) = Read(files);
        start = files;
        log.Clear();
        accepted = 0;
    }

    private static (SortedDictionary<string, int> Balances, SortedDictionary<string, int> Nonces) Read(IReadOnlyDictionary<string, string> files) => (
        new(JsonSerializer.Deserialize<Dictionary<string, int>>(files["balances.json"])!, StringComparer.Ordinal),
        new(JsonSerializer.Deserialize<Dictionary<string, int>>(files["nonces.json"])!, StringComparer.Ordinal));

    private static void Apply(SortedDictionary<string, int> balances, SortedDictionary<string, int> nonces, Payload payload)
    {
        balances[payload.From] = balances.GetValueOrDefault(payload.From) - payload.Credits;
        balances[payload.To] = balances.GetValueOrDefault(payload.To) + payload.Credits;
        nonces[payload.From] = payload.Nonce;
    }
}
