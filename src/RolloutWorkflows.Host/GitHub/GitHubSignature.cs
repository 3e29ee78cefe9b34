using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace RolloutWorkflows.Host;

/// <summary>GitHub's signature of a webhook: an HMAC-SHA256 of the body as it was sent. Pure.</summary>
internal static class GitHubSignature
{
    public const string Header = "X-Hub-Signature-256";

    private const string Scheme = "sha256=";

    /// <summary>Why a delivery is not believed to come from GitHub, in a sentence without any of its content; null where GitHub sent it.</summary>
    /// <param name="signature">The values of <see cref="Header"/>.</param>
    /// <param name="body">The body as it came, before anything read it.</param>
    /// <param name="secrets">The webhook's secret; while it is being replaced the new and the old one, each on a line of its own.</param>
    public static string? Refusal(StringValues signature, ReadOnlySpan<byte> body, string secrets)
    {
        if (signature.Count != 1 || signature[0] is not { } signed) return $"it has {signature.Count} headers {Header}; expected one. A webhook without a secret signs nothing";
        if (!signed.StartsWith(Scheme, StringComparison.Ordinal)) return $"its {Header} does not begin with {Scheme}";
        var presented = Encoding.UTF8.GetBytes(signed);
        var matches = false;
        foreach (var secret in secrets.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            matches |= CryptographicOperations.FixedTimeEquals(presented, Encoding.UTF8.GetBytes(Sign(body, secret)));
        return matches ? null : $"its {Header} does not match its body and the webhook's secret";
    }

    /// <summary>The signature of a body, as it stands in <see cref="Header"/>.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret) =>
        Scheme + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
