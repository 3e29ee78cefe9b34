using System.Collections.Concurrent;

namespace Web4Service;

/// <summary>What is wrong with the service now; switched while it runs. Thread-safe.</summary>
internal sealed class FaultSwitches
{
    /// <summary>The new bar breaks for everybody who has it.</summary>
    public const string Broken = "broken";

    /// <summary>The new bar breaks in about three of a hundred visits.</summary>
    public const string Flaky = "flaky";

    /// <summary>The new bar works, and nobody likes it.</summary>
    public const string Disliked = "disliked";

    /// <summary>Announcements are not taken.</summary>
    public const string Deaf = "deaf";

    /// <summary>The new bar takes much longer than it should.</summary>
    public const string Slow = "slow";

    /// <summary>The new bar works, and every fourth user gives up on it all the same.</summary>
    public const string Confusing = "confusing";

    /// <summary>The health check fails.</summary>
    public const string Unhealthy = "unhealthy";

    /// <summary>An alert fires.</summary>
    public const string Alert = "alert";

    /// <summary>Nobody would hear of an alert: the one that always fires does not.</summary>
    public const string Unarmed = "unarmed";

    /// <summary>Every how manieth visit a flaky bar breaks.</summary>
    private const int FlakyFor = 40;

    private static readonly Dictionary<string, FaultStage> Cohorts = new(StringComparer.Ordinal)
    {
        ["canary"] = FaultStage.Canary,
        ["one-percent"] = FaultStage.OnePercent,
        ["ten-percent"] = FaultStage.TenPercent,
        ["fifty-percent"] = FaultStage.FiftyPercent,
        ["full"] = FaultStage.Full,
    };

    private readonly ConcurrentDictionary<string, bool> _on = new(StringComparer.Ordinal);
    private int _flakyVisits;

    /// <summary>Every fault there is.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Cohorts.Keys, Broken, Flaky, Disliked, Deaf, Slow, Confusing, Unhealthy, Alert, Unarmed];

    public bool IsOn(string name) => _on.ContainsKey(name);

    /// <summary>True where the new code breaks for this user.</summary>
    public bool Breaks(FlagAnswer answer) => answer.Value
        && (IsOn(Broken) || (IsOn(Flaky) && Interlocked.Increment(ref _flakyVisits) % FlakyFor == 0) || Cohorts.Any(cohort => IsOn(cohort.Key) && Fault.Hits(cohort.Value, answer)));

    /// <summary>Switches one on or off; false where there is no such fault.</summary>
    public bool Switch(string name, bool on)
    {
        if (!Names.Contains(name)) return false;
        if (on) _on[name] = true;
        else _on.TryRemove(name, out _);
        return true;
    }
}
