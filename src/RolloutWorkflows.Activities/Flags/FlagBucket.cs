using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Where a user stands in the queue for a flag. It is flagd's rule for fractional targeting: the hash of flag and user
/// decides, so that a user keeps the place for ever, every flag has another queue, and 10 % includes the 1 %.
/// </summary>
public static class FlagBucket
{
    /// <summary>The number of places: thousandths of a percent.</summary>
    public const int Count = 100_000;

    /// <summary>The 32-bit hash that everything follows from.</summary>
    public static uint HashOf(string flag, string user) => Murmur3.Hash(Encoding.UTF8.GetBytes(flag + user));

    /// <summary>The place among <paramref name="totalWeight"/> equal ones, from 0.</summary>
    public static long Of(string flag, string user, int totalWeight = Count) => (long)(((ulong)HashOf(flag, user) * (ulong)totalWeight) >> 32);

    /// <summary>True where the user is among the first <paramref name="percent"/> percent. Exact for every fraction, and the same as flagd's answer for weights in that ratio.</summary>
    public static bool IsWithin(string flag, string user, double percent) => HashOf(flag, user) * 100d < percent * 4294967296d;
}
