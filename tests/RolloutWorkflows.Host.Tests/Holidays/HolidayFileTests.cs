using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host.Tests.Holidays;

public sealed class HolidayFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Yaml_DatesAndNames_AreReadInTheirOrder() =>
        Assert.Equal(
            [new Holiday(new DateOnly(2026, 5, 1), "Labour Day"), new Holiday(new DateOnly(2026, 12, 25), "Christmas")],
            HolidayFile.Read(folder.Write("days.yaml", "2026-12-25: Christmas\n2026-05-01: Labour Day\n")));

    [Fact]
    public void Calendar_WholeDays_AreRead()
    {
        const string calendar = """
            BEGIN:VCALENDAR
            VERSION:2.0
            BEGIN:VEVENT
            UID:1
            DTSTART;VALUE=DATE:20261225
            DTEND;VALUE=DATE:20261227
            SUMMARY;LANGUAGE=en:Christmas\, both
              days
            END:VEVENT
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20260501
            SUMMARY:Labour Day
            END:VEVENT
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20260601
            SUMMARY:Called off
            STATUS:CANCELLED
            END:VEVENT
            END:VCALENDAR
            """;
        var days = HolidayFile.Read(folder.Write("days.ics", calendar.ReplaceLineEndings("\r\n")));
        Assert.Equal(
            [(new DateOnly(2026, 5, 1), "Labour Day"), (new DateOnly(2026, 12, 25), "Christmas, both days"), (new DateOnly(2026, 12, 26), "Christmas, both days")],
            days.Select(day => (day.Date, day.Name)));
    }

    [Theory]
    [InlineData("days.yaml", "25.12.2026: Christmas", "days.yaml:1:1: expected a date such as 2026-12-25, got '25.12.2026'.")]
    [InlineData("days.yaml", "2026-12-25:", "expected the name of 2026-12-25, for those who wait.")]
    [InlineData("days.yaml", "[ 2026-12-25 ]", "expected a mapping of dates to names")]
    [InlineData("days.yaml", "a: [", "this is not YAML")]
    [InlineData("days.ics", "nothing", "this is no iCalendar; expected BEGIN:VCALENDAR.")]
    [InlineData("days.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY\nSUMMARY:Christmas\nEND:VEVENT\nEND:VCALENDAR", "'Christmas' has RRULE, which is not read; list each day as an event of its own.")]
    [InlineData("days.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225T090000Z\nSUMMARY:Party\nEND:VEVENT\nEND:VCALENDAR", "'Party' is no whole day; expected DTSTART;VALUE=DATE:20261225, got '20261225T090000Z'.")]
    [InlineData("days.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nEND:VCALENDAR", "an event has no end; expected END:VEVENT.")]
    public void File_ThatCannotBeUsed_SaysWhereAndWhatWasExpected(string name, string text, string expected) =>
        Assert.Contains(Assert.Throws<HostConfigurationException>(() => HolidayFile.Read(folder.Write(name, text))).Problems, problem => problem.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Calendar_OfThousandsOfYears_IsRefused() =>
        Assert.Contains(
            Assert.Throws<HostConfigurationException>(() => HolidayFile.Read(folder.Write("days.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:00010101\nDTEND;VALUE=DATE:99991231\nEND:VEVENT\nEND:VCALENDAR"))).Problems,
            problem => problem.Contains("expected at most 5000 days", StringComparison.Ordinal));

    [Fact]
    public void File_Missing_SaysSo() => Assert.Contains("cannot be read", Assert.Single(Assert.Throws<HostConfigurationException>(() => HolidayFile.Read(Path.Combine(folder.Path, "none.yaml"))).Problems), StringComparison.Ordinal);
}
