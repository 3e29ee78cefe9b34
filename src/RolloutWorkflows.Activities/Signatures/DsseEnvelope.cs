using System.Text;
using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>A signed statement in the DSSE format: bytes, what they are, and signatures over both. Immutable.</summary>
internal sealed class DsseEnvelope
{
    private readonly string _payloadType;
    private readonly byte[] _payload;
    private readonly IReadOnlyList<byte[]> _signatures;

    private DsseEnvelope(string payloadType, byte[] payload, IReadOnlyList<byte[]> signatures) => (_payloadType, _payload, _signatures) = (payloadType, payload, signatures);

    /// <summary>Every envelope of a file: one, one a line as <c>.intoto.jsonl</c> has them, or those inside Sigstore bundles. Empty where there is none.</summary>
    public static IReadOnlyList<DsseEnvelope> ReadAll(string text)
    {
        if (Parse(text) is { } whole) return [whole];
        return [.. text.Split('\n').Select(Parse).OfType<DsseEnvelope>()];
    }

    /// <summary>The in-toto statement, where the named signer signed it; otherwise null and why.</summary>
    public async Task<(JsonElement? Statement, string? Refusal)> OpenAsync(ISigners signers, string signer, CancellationToken cancellation)
    {
        if (_payloadType != "application/vnd.in-toto+json") return (null, $"it holds '{_payloadType}', no in-toto statement");
        var refusal = "it has no signature";
        foreach (var signature in _signatures)
        {
            using var signed = new MemoryStream(SignedBytes());
            if (await signers.RefusalAsync(signer, signed, signature, cancellation) is not { } refused) return ReadStatement();
            refusal = refused;
        }

        return (null, refusal);
    }

    private (JsonElement? Statement, string? Refusal) ReadStatement()
    {
        try
        {
            return (JsonDocument.Parse(_payload).RootElement, null);
        }
        catch (JsonException)
        {
            return (null, "its statement is no JSON");
        }
    }

    /// <summary>Type and bytes with their lengths, so that neither can be read as the other.</summary>
    private byte[] SignedBytes() =>
        [.. Encoding.UTF8.GetBytes($"DSSEv1 {Encoding.UTF8.GetByteCount(_payloadType)} {_payloadType} {_payload.Length} "), .. _payload];

    private static DsseEnvelope? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("dsseEnvelope", out var inner)) root = inner;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("payload", out var payload) || !root.TryGetProperty("payloadType", out var type) || !root.TryGetProperty("signatures", out var signatures)) return null;
            return new DsseEnvelope(type.GetString() ?? "", Decode(payload), [.. signatures.EnumerateArray().Select(signature => Decode(signature.GetProperty("sig")))]);
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    // Both alphabets of Base64 are allowed.
    private static byte[] Decode(JsonElement text) => Convert.FromBase64String(Pad((text.GetString() ?? "").Replace('-', '+').Replace('_', '/')));

    private static string Pad(string text) => text.PadRight((text.Length + 3) / 4 * 4, '=');
}
