using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Host;

/// <summary>The form of keys: <c>rwk_</c> and 256 random bits in base64url. The prefix lets people and scanners recognise one.</summary>
internal static partial class KeyText
{
    public const int EndingLength = 4;

    private const string Prefix = "rwk_";
    private const int RandomBytes = 32;

    // Crockford's base 32: no i, l, o, u, so that an id can be read aloud.
    private const string IdAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static string NewId() => RandomNumberGenerator.GetString(IdAlphabet, 6);

    /// <summary>256 random bits cannot be guessed from their hash, so it needs neither salt nor slowness.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>True where a text holds a key, or most of one.</summary>
    public static bool IsIn(string text) => Key().IsMatch(text);

    [GeneratedRegex("rwk_[A-Za-z0-9_-]{8,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
