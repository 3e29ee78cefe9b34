using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace RolloutWorkflows.Host;

/// <summary>Slack's signature, version 0: an HMAC-SHA256 of the time and the body as it was sent. Pure.</summary>
internal static class SlackSignature
{
    public const string TimestampHeader = "X-Slack-Request-Timestamp";

    public const string SignatureHeader = "X-Slack-Signature";

    private const string Version = "v0";

    /// <summary>How far the time of a request may lie from this server's, either way: an older one may be a copy, a later one could be kept for later.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    /// <summary>Why a request is not believed to come from Slack, in a sentence without any of its content.</summary>
    /// <param name="timestamp">The values of <see cref="TimestampHeader"/>.</param>
    /// <param name="signature">The values of <see cref="SignatureHeader"/>.</param>
    /// <param name="body">The body as it came, before anything read it.</param>
    /// <param name="secret">The app's signing secret.</param>
    /// <param name="now">This server's time.</param>
    /// <param name="sentAt">When Slack sent it; worth nothing where it is refused.</param>
    /// <returns>Null where Slack sent it, just now.</returns>
    public static string? Refusal(StringValues timestamp, StringValues signature, ReadOnlySpan<byte> body, string secret, DateTimeOffset now, out DateTimeOffset sentAt)
    {
        sentAt = default;
        if (One(timestamp) is not { } time) return $"it has {timestamp.Count} headers {TimestampHeader}; expected one";
        if (One(signature) is not { } signed) return $"it has {signature.Count} headers {SignatureHeader}; expected one";
        // Twelve digits reach beyond the year 9999, which no clock says.
        if (time.Length > 11 || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return $"its {TimestampHeader} is not a number of seconds";
        if (!signed.StartsWith($"{Version}=", StringComparison.Ordinal)) return $"its {SignatureHeader} is not of version {Version}";
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signed), Encoding.UTF8.GetBytes(Sign(time, body, secret)))) return $"its {SignatureHeader} does not match its body, its time and the signing secret";
        sentAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return (now - sentAt).Duration() <= Freshness ? null
            : string.Create(CultureInfo.InvariantCulture, $"it was sent at {sentAt:yyyy-MM-dd HH:mm:ss} UTC and this server's clock says {now.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC; expected no more than {Freshness.TotalMinutes:0} minutes between them");
    }

    /// <summary>The signature of a body, as it stands in <see cref="SignatureHeader"/>.</summary>
    public static string Sign(string timestamp, ReadOnlySpan<byte> body, string secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{Version}:{timestamp}:"));
        hmac.AppendData(body);
        return $"{Version}={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }

    private static string? One(StringValues values) => values.Count == 1 ? values[0] : null;
}
