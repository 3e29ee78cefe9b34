using System.Globalization;

namespace RolloutWorkflows.Playbooks;

/// <summary>A span of local hours; one that ends at or before its start ends on the next day.</summary>
internal readonly record struct WindowHours(TimeSpan Start, TimeSpan End)
{
    public static readonly WindowHours WholeDay = new(TimeSpan.Zero, TimeSpan.FromDays(1));

    /// <summary>Reads <c>09:00-16:00</c>; <c>24:00</c> is the day's end.</summary>
    public static bool TryParse(string text, out WindowHours hours)
    {
        hours = default;
        // An en dash is what a text editor likes to make of a hyphen.
        var ends = text.Split('-', '–');
        if (ends.Length != 2 || !TryTime(ends[0], out var start) || !TryTime(ends[1], out var end)) return false;
        if (start == end || start == TimeSpan.FromDays(1)) return false;
        hours = new WindowHours(start, end > start ? end : end + TimeSpan.FromDays(1));
        return true;
    }

    private static bool TryTime(string text, out TimeSpan time)
    {
        time = TimeSpan.FromDays(1);
        return text.Trim() == "24:00" || TimeSpan.TryParseExact(text.Trim(), @"hh\:mm", CultureInfo.InvariantCulture, out time);
    }
}
