using System.Security.Cryptography;
using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>
/// How far a check of idempotency has come; kept between its calls, so that a call that is cut off and delivered again
/// sends the same keys and counts from where the first delivery did.
/// </summary>
internal sealed record IdempotencyProbe
{
    /// <summary>The key of the request that is sent twice.</summary>
    public required string Key { get; init; }

    /// <summary>The key of the request that is sent once.</summary>
    public required string OtherKey { get; init; }

    /// <summary>What comes next.</summary>
    public IdempotencyPhase Phase { get; init; }

    /// <summary>The count before the first request; null where nothing is counted.</summary>
    public double? Before { get; init; }

    /// <summary>The count before the request with the other key.</summary>
    public double? OtherBefore { get; init; }

    /// <summary>The status of the two equal answers.</summary>
    public int? Status { get; init; }

    /// <summary>The digest of the first answer, to tell the other key's answer from it.</summary>
    public string? Digest { get; init; }

    /// <summary>Keys that all deliveries of one call share, and no other call has.</summary>
    public static IdempotencyProbe Of(string callKey, string stepId) => new()
    {
        Key = KeyOf($"{callKey}/{stepId}/same"),
        OtherKey = KeyOf($"{callKey}/{stepId}/other"),
    };

    // Services commonly insist on the form of a UUID; version 8 is the one whose bits are the maker's own.
    private static string KeyOf(string text)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
