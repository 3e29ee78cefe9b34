using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Hours in which only what needs people at once is posted; the rest waits for a digest when they end. They are told by
/// the windows' calendar: a night belongs to the day it begins on, and daylight saving changes neither its beginning nor its end.
/// </summary>
public sealed class SlackQuietHours
{
    private readonly WindowCalendar calendar;

    private SlackQuietHours(Windows windows) => calendar = WindowCalendar.Of(windows);

    /// <summary>Reads them as the host's configuration states them.</summary>
    /// <param name="timeZone">An IANA time zone such as <c>Europe/Berlin</c>.</param>
    /// <param name="from">When they begin, such as <c>20:00</c>.</param>
    /// <param name="to">When they end; on the next day where it is not later.</param>
    /// <param name="days">The days on which they begin, such as <c>mon-fri</c>; null: every day.</param>
    /// <exception cref="FormatException">One of them cannot be read; the message says what was expected.</exception>
    public static SlackQuietHours Of(string timeZone, string from, string to, string? days) =>
        new(new Windows { TimeZone = timeZone, Deny = [new WindowRule { Days = days, Hours = $"{from}-{to}" }] });

    /// <summary>When the quiet ends in which this moment lies; null: it is not quiet.</summary>
    public DateTimeOffset? EndOfQuiet(DateTimeOffset at) => calendar.IsOpen(at) ? null : calendar.NextOpen(at) ?? DateTimeOffset.MaxValue;
}
