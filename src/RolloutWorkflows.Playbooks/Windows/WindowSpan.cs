namespace RolloutWorkflows.Playbooks;

/// <summary>A stretch of time; its end no longer belongs to it.</summary>
internal readonly record struct Stretch(DateTimeOffset Start, DateTimeOffset End)
{
    public bool Contains(DateTimeOffset at) => at >= Start && at < End;
}

/// <summary>One rule of a window, read: the stretches of time in which it holds.</summary>
internal sealed class WindowSpan
{
    /// <summary>No week has more days without one that is allowed, and a gap may swallow one of them.</summary>
    private const int DaysToLookAhead = 16;

    private readonly TimeZoneInfo _zone;
    private readonly IReadOnlySet<DayOfWeek> _days;
    private readonly WindowHours _hours;
    private readonly bool _recurs;
    private readonly Stretch _limits;

    public WindowSpan(WindowRule rule, TimeZoneInfo zone)
    {
        _zone = zone;
        Reason = rule.Reason;
        _days = rule.Days is null ? WindowDays.All : WindowDays.TryParse(rule.Days, out var days) ? days : throw Unreadable("days of the week such as mon-thu", rule.Days);
        _hours = rule.Hours is null ? WindowHours.WholeDay : WindowHours.TryParse(rule.Hours, out var hours) ? hours : throw Unreadable("hours such as 09:00-16:00", rule.Hours);
        _recurs = rule.Days is not null || rule.Hours is not null;
        _limits = new Stretch(Moment(rule.From)?.Start(zone) ?? DateTimeOffset.MinValue, Moment(rule.To)?.End(zone) ?? DateTimeOffset.MaxValue);
    }

    public string? Reason { get; }

    /// <summary>The stretch in which a moment lies, or null.</summary>
    public Stretch? At(DateTimeOffset at)
    {
        if (!_recurs) return _limits.Contains(at) ? _limits : null;
        // A night's window belongs to the day it starts on, so the day before counts too.
        return Recurring(LocalTime.DateAt(at, _zone).AddDays(-2), 4).Cast<Stretch?>().FirstOrDefault(stretch => stretch!.Value.Contains(at));
    }

    /// <summary>The first start after a moment, or null where there is none.</summary>
    public DateTimeOffset? NextStart(DateTimeOffset after)
    {
        if (!_recurs) return _limits.Start > after ? _limits.Start : null;
        if (after >= _limits.End) return null;
        var from = after > _limits.Start ? after : _limits.Start;
        return Recurring(LocalTime.DateAt(from, _zone).AddDays(-1), DaysToLookAhead)
            .Where(stretch => stretch.Start > after)
            .Select(stretch => (DateTimeOffset?)stretch.Start)
            .FirstOrDefault();
    }

    private IEnumerable<Stretch> Recurring(DateTime first, int days)
    {
        for (var date = first; date < first.AddDays(days); date = date.AddDays(1))
        {
            if (!_days.Contains(date.DayOfWeek)) continue;
            var start = Later(LocalTime.ToMoment(date + _hours.Start, _zone), _limits.Start);
            var end = Earlier(LocalTime.ToMoment(date + _hours.End, _zone), _limits.End);
            if (start < end) yield return new Stretch(start, end);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static WindowMoment? Moment(string? text) =>
        text is null ? null : WindowMoment.TryParse(text, out var moment) ? moment : throw Unreadable("a date or moment such as 2026-12-20 or 2026-12-20T09:00", text);

    private static FormatException Unreadable(string expected, string text) => new($"a window cannot be read; expected {expected}, got '{text}'");
}
