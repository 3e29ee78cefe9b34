using System.Globalization;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>Reads the whole-day events of an iCalendar text (RFC 5545). What it cannot read it says, rather than leave a day open.</summary>
internal static class CalendarText
{
    public static IReadOnlyList<Holiday> Read(string text, string path, List<string> problems)
    {
        var days = new List<Holiday>();
        Event? open = null;
        var number = 0;
        foreach (var (line, at) in Unfolded(text))
        {
            number = at;
            var (name, parameters, value) = Split(line);
            if (name == "BEGIN" && value == "VEVENT") open = new Event(at);
            else if (name == "END" && value == "VEVENT" && open is not null)
            {
                open.AddTo(days, path, problems);
                open = null;
            }
            else open?.Take(name, parameters, value);
        }

        if (number == 0 || !text.Contains("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)) problems.Add($"{path}:1: this is no iCalendar; expected BEGIN:VCALENDAR.");
        else if (open is not null) problems.Add($"{path}:{open.Line}: an event has no end; expected END:VEVENT.");
        return days;
    }

    /// <summary>Lines that begin with a space or a tab go on where the one before ended.</summary>
    private static IEnumerable<(string Line, int Number)> Unfolded(string text)
    {
        (string Line, int Number)? pending = null;
        var number = 0;
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (pending is { } before && raw.Length > 0 && raw[0] is ' ' or '\t' && pending is not null)
            {
                pending = (pending.Value.Line + raw[1..], pending.Value.Number);
                continue;
            }

            if (pending is { Line.Length: > 0 } whole) yield return whole;
            pending = (raw, number);
        }

        if (pending is { Line.Length: > 0 } last) yield return last;
    }

    private static (string Name, string Parameters, string Value) Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return (line.ToUpperInvariant(), "", "");
        var head = line[..colon].Split(';', 2);
        return (head[0].ToUpperInvariant(), head.Length > 1 ? head[1].ToUpperInvariant() : "", line[(colon + 1)..].Trim());
    }

    private sealed class Event(int line)
    {
        private string? _start;
        private string? _end;
        private string? _recurs;
        private string _name = "holiday";
        private bool _isCancelled;

        public int Line => line;

        public void Take(string name, string parameters, string value)
        {
            switch (name)
            {
                case "DTSTART":
                    _start = value;
                    break;
                case "DTEND":
                    _end = value;
                    break;
                case "RRULE" or "RDATE" or "DURATION":
                    _recurs = name;
                    break;
                case "SUMMARY" when value.Length > 0:
                    _name = value.Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\", "", StringComparison.Ordinal);
                    break;
                case "STATUS":
                    _isCancelled = value.Equals("CANCELLED", StringComparison.OrdinalIgnoreCase);
                    break;
            }
        }

        public void AddTo(List<Holiday> days, string path, List<string> problems)
        {
            if (_isCancelled) return;
            if (_recurs is not null) problems.Add($"{path}:{line}: '{_name}' has {_recurs}, which is not read; list each day as an event of its own.");
            else if (!TryDay(_start, out var first)) problems.Add($"{path}:{line}: '{_name}' is no whole day; expected DTSTART;VALUE=DATE:20261225, got '{_start}'.");
            else if (_end is not null && !TryDay(_end, out _)) problems.Add($"{path}:{line}: '{_name}' does not end with a day; expected DTEND;VALUE=DATE:20261226, got '{_end}'.");
            else
            {
                // The end is the first day that no longer belongs to it; an event of one day may name its own.
                var last = _end is not null && TryDay(_end, out var end) && end > first ? end.AddDays(-1) : first;
                for (var day = first; day <= last && days.Count <= HolidayFile.MostDays; day = day.AddDays(1)) days.Add(new Holiday(day, _name));
            }
        }

        private static bool TryDay(string? text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }
}
