using System.Globalization;

namespace RolloutWorkflows.Playbooks;

/// <summary>A date, a local time, or a moment with an offset, as <c>from</c> and <c>to</c> take them.</summary>
internal readonly record struct WindowMoment
{
    private static readonly string[] LocalFormats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];
    private static readonly string[] OffsetFormats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];

    private DateTime Local { get; init; }

    private DateTimeOffset? Exact { get; init; }

    private bool IsDate { get; init; }

    public static bool TryParse(string text, out WindowMoment moment)
    {
        const DateTimeStyles none = DateTimeStyles.None;
        var culture = CultureInfo.InvariantCulture;
        if (DateTime.TryParseExact(text, "yyyy-MM-dd", culture, none, out var date)) moment = new WindowMoment { Local = date, IsDate = true };
        else if (DateTime.TryParseExact(text, LocalFormats, culture, none, out var local)) moment = new WindowMoment { Local = local };
        else if (DateTimeOffset.TryParseExact(text, OffsetFormats, culture, DateTimeStyles.AssumeUniversal, out var at)) moment = new WindowMoment { Exact = at.ToUniversalTime(), Local = at.DateTime };
        else moment = default;
        // Years far away would run over the calendar's ends once a day or an offset is added.
        return moment.Local.Year is >= 1970 and < 9000;
    }

    /// <summary>The first moment that counts.</summary>
    public DateTimeOffset Start(TimeZoneInfo zone) => Exact ?? LocalTime.ToMoment(Local, zone);

    /// <summary>The first moment that no longer counts; dates are inclusive.</summary>
    public DateTimeOffset End(TimeZoneInfo zone) => Exact ?? LocalTime.ToMoment(IsDate ? Local.AddDays(1) : Local, zone);
}
