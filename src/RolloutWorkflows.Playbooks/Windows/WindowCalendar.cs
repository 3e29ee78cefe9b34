namespace RolloutWorkflows.Playbooks;

/// <summary>
/// Says when windows are open, for the playbook's and a stage's together: all of them must be. Deny wins over allow,
/// without an allow everything is allowed. Hours are local to each window's zone; in a daylight-saving gap they move
/// to the next valid minute, in an overlap the first of the two counts. Immutable, thread-safe and pure, so that the
/// same question has the same answer in replay.
/// </summary>
public sealed partial class WindowCalendar
{
    /// <summary>Longer than this nobody waits; what does not open by then counts as never open.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(3660);

    private readonly IReadOnlyList<(TimeZoneInfo Zone, IReadOnlyList<WindowSpan> Allow, IReadOnlyList<WindowSpan> Deny)> _windows;
    private readonly IReadOnlyList<Stretch> _opened;

    private WindowCalendar(IReadOnlyList<(TimeZoneInfo Zone, IReadOnlyList<WindowSpan> Allow, IReadOnlyList<WindowSpan> Deny)> windows, IReadOnlyList<Stretch> opened) =>
        (_windows, _opened) = (windows, opened);

    /// <summary>
    /// Reads windows whose texts hold no expressions any more. Throws <see cref="FormatException"/> where one of them
    /// cannot be read, with what was expected.
    /// </summary>
    public static WindowCalendar Of(params IEnumerable<Windows?> windows) => new([.. windows.OfType<Windows>().Select(Read)], []);

    /// <summary>Windows with their expressions replaced; throws <see cref="ExpressionException"/> for a reference without a value.</summary>
    public static Windows Resolve(Windows windows, ExpressionScope scope) => windows with
    {
        Allow = [.. windows.Allow.Select(rule => Resolve(rule, scope))],
        Deny = [.. windows.Deny.Select(rule => Resolve(rule, scope))],
    };

    /// <summary>The same calendar, but open from one moment to another whatever its windows say: somebody overrode them.</summary>
    public WindowCalendar Opened(DateTimeOffset from, DateTimeOffset until) => new(_windows, [.. _opened, new Stretch(from, until)]);

    /// <summary>True where every window is open.</summary>
    public bool IsOpen(DateTimeOffset at) => Blocking(at) is null;

    /// <summary>The first moment from <paramref name="at"/> on at which every window is open; null where none comes within ten years.</summary>
    public DateTimeOffset? NextOpen(DateTimeOffset at)
    {
        for (var moment = at; moment - at < Horizon;)
        {
            if (Blocking(moment) is not { } blocking) return moment;
            var overridden = _opened.Where(stretch => stretch.Start > moment).Select(stretch => (DateTimeOffset?)stretch.Start).Min();
            var until = blocking.Until is { } end && !(overridden < end) ? end : overridden;
            if (until is not { } next || next == DateTimeOffset.MaxValue) return null;
            moment = next;
        }

        return null;
    }

    /// <summary>Why it is closed, for those who wait; null where it is open.</summary>
    public string? WhyClosed(DateTimeOffset at) => Blocking(at)?.Why;

    /// <summary>The first window that is closed, and until when it surely is.</summary>
    private (DateTimeOffset? Until, string Why)? Blocking(DateTimeOffset at)
    {
        if (_opened.Any(stretch => stretch.Contains(at))) return null;
        foreach (var (_, allow, deny) in _windows)
        {
            foreach (var span in deny)
            {
                if (span.At(at) is { } closed) return (closed.End, span.Reason ?? "denied by a window");
            }

            if (allow.Count == 0 || allow.Any(span => span.At(at) is not null)) continue;
            return (allow.Select(span => span.NextStart(at)).Min(), "outside the allowed windows");
        }

        return null;
    }

    private static (TimeZoneInfo Zone, IReadOnlyList<WindowSpan> Allow, IReadOnlyList<WindowSpan> Deny) Read(Windows windows)
    {
        if (windows.Holidays is { } holidays) throw new FormatException($"the holidays '{holidays}' are not known here; they are named in the host's configuration");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(windows.TimeZone, out var zone))
        {
            throw new FormatException($"the time zone is unknown on this machine; expected an IANA name such as Europe/Berlin, got '{windows.TimeZone}'");
        }

        return (zone, [.. windows.Allow.Select(rule => new WindowSpan(rule, zone))], [.. windows.Deny.Select(rule => new WindowSpan(rule, zone))]);
    }

    private static WindowRule Resolve(WindowRule rule, ExpressionScope scope) => new()
    {
        Days = Resolve(rule.Days, scope),
        Hours = Resolve(rule.Hours, scope),
        From = Resolve(rule.From, scope),
        To = Resolve(rule.To, scope),
        Reason = Resolve(rule.Reason, scope),
    };

    private static string? Resolve(string? text, ExpressionScope scope) => text is null ? null : ExpressionResolver.ResolveText(text, scope);
}
