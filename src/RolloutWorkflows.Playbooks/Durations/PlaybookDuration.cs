using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Playbooks;

/// <summary>
/// Durations as playbooks write them: <c>30s</c>, <c>10m</c>, <c>24h</c>, <c>3d</c>, <c>2w</c>, <c>1h30m</c>,
/// <c>250ms</c>, or ISO-8601 such as <c>PT1H30M</c>. A bare number is refused, because its unit would be a guess.
/// Years and months are refused, because their length depends on where they start.
/// </summary>
public static partial class PlaybookDuration
{
    /// <summary>The longest duration accepted: ten years of 365 days.</summary>
    public static readonly TimeSpan Maximum = TimeSpan.FromDays(3650);

    /// <summary>What a duration looks like, for error texts.</summary>
    internal const string Expectation = "a duration such as 30s, 10m, 24h, 3d, 2w or PT1H30M";

    private static readonly string[] Units = ["w", "d", "h", "m", "s", "ms"];

    private static readonly Dictionary<string, long> TicksPerUnit = new()
    {
        ["w"] = 7 * TimeSpan.TicksPerDay,
        ["d"] = TimeSpan.TicksPerDay,
        ["h"] = TimeSpan.TicksPerHour,
        ["m"] = TimeSpan.TicksPerMinute,
        ["s"] = TimeSpan.TicksPerSecond,
        ["ms"] = TimeSpan.TicksPerMillisecond,
    };

    /// <summary>Reads a duration; false where the text is none, is negative or is longer than <see cref="Maximum"/>.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (string.IsNullOrEmpty(text)) return false;
        var match = Iso().Match(text);
        if (!match.Success) match = Compact().Match(text);
        return match.Success && TrySum(match, out duration);
    }

    /// <summary>Reads a duration, or throws a <see cref="FormatException"/> that says what was expected.</summary>
    public static TimeSpan Parse(string text) =>
        TryParse(text, out var duration)
            ? duration
            : throw new FormatException($"'{text}' is not a duration; expected {Expectation}");

    /// <summary>Writes a duration in its shortest readable form, such as <c>1d12h</c>; <see cref="TryParse"/> reads it back.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero) return "-" + Format(duration.Negate());
        if (duration == TimeSpan.Zero) return "0s";
        var text = new StringBuilder();
        var rest = duration.Ticks;
        // Weeks are left out: people compare 7d with 14d more easily than with 2w.
        foreach (var unit in Units.AsSpan(1))
        {
            var count = rest / TicksPerUnit[unit];
            rest %= TicksPerUnit[unit];
            if (count > 0) text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    private static bool TrySum(Match match, out TimeSpan duration)
    {
        duration = default;
        decimal ticks = 0;
        var found = false;
        foreach (var unit in Units)
        {
            var group = match.Groups[unit];
            if (!group.Success) continue;
            found = true;
            if (!decimal.TryParse(group.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)) return false;
            // Each part is bounded on its own first, so that the sum cannot overflow.
            if (count > Maximum.Ticks) return false;
            ticks += count * TicksPerUnit[unit];
        }

        if (!found || ticks > Maximum.Ticks) return false;
        duration = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    [GeneratedRegex(@"^(?:(?<w>\d{1,12}(?:\.\d{1,9})?)w)?(?:(?<d>\d{1,12}(?:\.\d{1,9})?)d)?(?:(?<h>\d{1,12}(?:\.\d{1,9})?)h)?(?:(?<m>\d{1,12}(?:\.\d{1,9})?)m)?(?:(?<s>\d{1,12}(?:\.\d{1,9})?)s)?(?:(?<ms>\d{1,12})ms)?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Compact();

    [GeneratedRegex(@"^P(?:(?<w>\d{1,12})W)?(?:(?<d>\d{1,12})D)?(?:T(?:(?<h>\d{1,12})H)?(?:(?<m>\d{1,12})M)?(?:(?<s>\d{1,12}(?:\.\d{1,9})?)S)?)?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Iso();
}
