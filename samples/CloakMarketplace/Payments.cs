using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CloakMarketplace;

/// <summary>
/// The part of x402 that a seller needs: the challenge, and the facilitator's verify and settle. What a wallet signs with
/// its key on a real chain is a digest here.
/// </summary>
internal sealed class Payments(Faults faults, Telemetry telemetry)
{
    public const string Network = "base-sepolia";

    public const string PayTo = "0xC10A4";

    private readonly HashSet<string> spent = new(StringComparer.Ordinal);
    private int settlements;

    /// <summary>The body of an answer 402: what is to be paid, and how.</summary>
    public static object Challenge(string resource, long price, string problem) => new
    {
        x402Version = 1,
        error = problem,
        accepts = new[] { new { scheme = "exact", network = Network, maxAmountRequired = price.ToString(System.Globalization.CultureInfo.InvariantCulture), resource, payTo = PayTo, asset = "USDC", maxTimeoutSeconds = 60 } },
    };

    /// <summary>The X-PAYMENT header of a payment, as a wallet makes it.</summary>
    public static string Sign(string from, long value, string nonce) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(
        new { x402Version = 1, scheme = "exact", network = Network, payload = new { from, to = PayTo, value, nonce, signature = Signature(from, value, nonce) } }));

    /// <summary>Reads and verifies a payment; the problem where it is not worth the price. A payment counts once.</summary>
    public (string? Payer, string? Problem) Verify(string header, long price, string surface)
    {
        var (payer, problem) = Look(header, price);
        telemetry.Payment(surface, failed: problem is not null);
        return (payer, problem);
    }

    /// <summary>Settles a verified payment; null where the settlement failed.</summary>
    public string? Settle(string runId, string surface)
    {
        settlements++;
        var fails = surface == "web" && faults.Has(Faults.SettlementFailures) && settlements % 3 != 0;
        telemetry.Payment(surface, fails);
        return fails ? null : $"0x{Hash($"settled {runId}")[..16]}";
    }

    private (string? Payer, string? Problem) Look(string header, long price)
    {
        try
        {
            using var payment = JsonDocument.Parse(Convert.FromBase64String(header));
            var payload = payment.RootElement.GetProperty("payload");
            var (from, value, nonce) = (payload.GetProperty("from").GetString()!, payload.GetProperty("value").GetInt64(), payload.GetProperty("nonce").GetString()!);
            if (payment.RootElement.GetProperty("network").GetString() != Network || payload.GetProperty("to").GetString() != PayTo) return (null, "the payment is for somebody else");
            if (payload.GetProperty("signature").GetString() != Signature(from, value, nonce)) return (null, "the payment is not signed by its wallet");
            if (value < price) return (null, "the payment is less than the price");
            return spent.Add($"{from}/{nonce}") ? (from, null) : (null, "the payment was used before");
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, "the payment cannot be read");
        }
    }

    private static string Signature(string from, long value, string nonce) => Hash($"{from}|{PayTo}|{value}|{nonce}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
