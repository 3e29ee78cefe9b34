using System.Globalization;

namespace RolloutWorkflows.Cli;

/// <summary>Durations and moments as people read them.</summary>
internal static class Spans
{
    /// <summary>Two parts at most: <c>2 d 3 h</c>, <c>4 min 5 s</c>, <c>1.25 s</c>.</summary>
    public static string Of(TimeSpan span)
    {
        if (span < TimeSpan.Zero) return "-" + Of(span.Negate());
        var culture = CultureInfo.InvariantCulture;
        return span switch
        {
            { TotalSeconds: < 10 } => string.Create(culture, $"{span.TotalSeconds:0.##} s"),
            { TotalMinutes: < 1 } => string.Create(culture, $"{span.TotalSeconds:0.#} s"),
            { TotalHours: < 1 } => Pair(span.Minutes, "min", span.Seconds, "s"),
            { TotalDays: < 1 } => Pair(span.Hours, "h", span.Minutes, "min"),
            _ => Pair((int)span.TotalDays, "d", span.Hours, "h"),
        };
    }

    public static string Clock(DateTimeOffset moment) => moment.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>In UTC, with the viewer's own time in brackets where that is another.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="zone">The viewer's zone; null: the system's.</param>
    public static string Moment(DateTimeOffset moment, TimeZoneInfo? zone = null)
    {
        var utc = moment.ToUniversalTime();
        var local = TimeZoneInfo.ConvertTime(utc, zone ?? TimeZoneInfo.Local);
        var shown = utc.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if (local.Offset == TimeSpan.Zero) return shown;
        return $"{shown} ({local.ToString(local.Date == utc.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} local)";
    }

    private static string Pair(int large, string largeUnit, int small, string smallUnit) => small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";
}
