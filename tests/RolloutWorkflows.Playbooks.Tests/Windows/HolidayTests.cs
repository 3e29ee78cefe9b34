using System.Globalization;

namespace RolloutWorkflows.Playbooks.Tests;

public sealed class HolidayTests
{
    private static readonly Dictionary<string, IReadOnlyList<Holiday>> German = new()
    {
        ["german"] = [new Holiday(new DateOnly(2026, 5, 1), "Labour Day"), new Holiday(new DateOnly(2026, 12, 25), "Christmas")],
    };

    private static readonly Windows Office = new() { TimeZone = "Europe/Berlin", Allow = [new WindowRule { Days = "mon-fri", Hours = "09:00-16:00" }], Holidays = "german" };

    [Fact]
    public void Holiday_InItsZone_IsClosedAndSaysItsName()
    {
        var calendar = WindowCalendar.Of(Office.WithHolidays(German));
        Assert.Equal("Labour Day", calendar.WhyClosed(At("2026-05-01T08:00:00Z")));
        // Friday is the holiday, so Thursday is followed by Monday.
        Assert.Equal(At("2026-05-04T07:00:00Z"), calendar.NextOpen(At("2026-04-30T14:00:00Z")));
        // The day begins at midnight in Berlin, which is 22:00 UTC of the day before.
        Assert.Equal("Labour Day", calendar.WhyClosed(At("2026-04-30T22:00:00Z")));
        Assert.Equal("outside the allowed windows", calendar.WhyClosed(At("2026-04-30T21:59:00Z")));
    }

    [Fact]
    public void Holiday_IsNoTimeOfPeople()
    {
        var calendar = WindowCalendar.Of(Office.WithHolidays(German));
        Assert.Equal(At("2026-05-04T08:00:00Z"), calendar.DeadlineOf(At("2026-04-30T12:00:00Z"), TimeSpan.FromHours(3)));
    }

    [Fact]
    public void Holidays_ThatNobodyKnows_AreNoWindowAtAll() =>
        Assert.Equal(
            "the holidays 'german' are not known here; they are named in the host's configuration",
            Assert.Throws<FormatException>(() => WindowCalendar.Of(Office.WithHolidays(new Dictionary<string, IReadOnlyList<Holiday>>()))).Message);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
