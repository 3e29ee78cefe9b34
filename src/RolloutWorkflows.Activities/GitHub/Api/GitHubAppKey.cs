using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>Signs the short-lived tokens by which an App proves who it is. Pure.</summary>
internal static class GitHubAppKey
{
    /// <summary>Clocks differ; GitHub refuses a token from the future.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <summary>GitHub takes ten minutes at most.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(9);

    /// <param name="appId">The App's number or client id.</param>
    /// <param name="pem">The private key, PKCS#1 or PKCS#8; line breaks may be written as <c>\n</c>.</param>
    /// <param name="now">The present moment.</param>
    /// <exception cref="GitHubException">The key cannot be read; the message holds nothing of it.</exception>
    public static string Sign(string appId, string pem, DateTimeOffset now)
    {
        var claims = $"{Encode("""{"alg":"RS256","typ":"JWT"}"""u8)}.{Encode(JsonSerializer.SerializeToUtf8Bytes(new { iat = (now - Skew).ToUnixTimeSeconds(), exp = (now + Life).ToUnixTimeSeconds(), iss = appId }))}";
        using var key = Read(pem);
        return $"{claims}.{Encode(key.SignData(Encoding.ASCII.GetBytes(claims), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static RSA Read(string pem)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem.Contains('\n', StringComparison.Ordinal) ? pem : pem.Replace("\\n", "\n", StringComparison.Ordinal));
            return key;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new GitHubException(GitHubFailure.Unauthorized, "the GitHub App's private key cannot be read: expected the .pem file that GitHub gave, which begins with -----BEGIN RSA PRIVATE KEY----- or -----BEGIN PRIVATE KEY-----", notDone: true);
        }
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
