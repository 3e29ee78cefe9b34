using System.Globalization;
using System.Security.Cryptography;

namespace RolloutWorkflows.Host;

/// <summary>Names runs: <c>playbook-yyyyMMdd-xxxx</c>, short enough to say aloud, and tried again where taken.</summary>
internal static class RunId
{
    // Crockford's base 32: no i, l, o, u, so that nothing is misread.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New(string playbook, DateTimeOffset now) =>
        $"{playbook}-{now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetString(Alphabet, 4)}";
}
