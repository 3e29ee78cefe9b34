using System.Globalization;

namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>
/// Clocks as they really change: New York by an hour (8 March and 1 November 2026 at 02:00), Lord Howe by half an hour (back on
/// 5 April, forward on 4 October 2026, both at 02:00), and Apia, which had no 30 December 2011.
/// </summary>
public sealed class WindowZoneTests
{
    [Theory]
    // 02:00 to 02:30 does not exist on 4 October: the start moves to 02:30, which is 15:30 UTC of the day before.
    [InlineData("Australia/Lord_Howe", "02:10-05:00", "2026-10-03T12:00:00Z", "2026-10-03T15:30:00Z")]
    // What lies in the half hour that is missing opens the next day.
    [InlineData("Australia/Lord_Howe", "02:05-02:25", "2026-10-03T12:00:00Z", "2026-10-04T15:05:00Z")]
    // 01:30 to 02:00 comes twice on 5 April: the first one, at UTC+11, opens, and the first one closes.
    [InlineData("Australia/Lord_Howe", "01:45-05:00", "2026-04-04T12:00:00Z", "2026-04-04T14:45:00Z")]
    [InlineData("Australia/Lord_Howe", "00:00-01:45", "2026-04-04T14:45:00Z", "2026-04-05T13:30:00Z")]
    [InlineData("America/New_York", "02:30-05:00", "2026-03-08T00:00:00Z", "2026-03-08T07:00:00Z")]
    [InlineData("America/New_York", "01:30-05:00", "2026-11-01T00:00:00Z", "2026-11-01T05:30:00Z")]
    public void NextOpen_WhereClocksChange_FollowsTheZone(string zone, string hours, string at, string expected) =>
        Assert.Equal(At(expected), Daily(zone, hours).NextOpen(At(at)));

    [Theory]
    // The night over the gap is shorter by what is missing, the night over the overlap longer.
    [InlineData("Europe/Berlin", "2026-03-28T21:00:00Z", 5)]
    [InlineData("Europe/Berlin", "2026-10-24T20:00:00Z", 7)]
    [InlineData("America/New_York", "2026-03-08T03:00:00Z", 5)]
    [InlineData("America/New_York", "2026-11-01T02:00:00Z", 7)]
    [InlineData("Australia/Lord_Howe", "2026-10-03T11:30:00Z", 5.5)]
    [InlineData("Australia/Lord_Howe", "2026-04-04T11:00:00Z", 6.5)]
    public void Night_OverAChangeOfClocks_IsAsLongAsItIs(string zone, string opens, double hours)
    {
        var night = Daily(zone, "22:00-04:00");
        Assert.False(night.IsOpen(At(opens).AddMinutes(-1)));
        Assert.True(night.IsOpen(At(opens)));
        Assert.Equal(At(opens).AddHours(hours), night.NextClosed(At(opens), At(opens).AddDays(1)));
    }

    [Fact]
    public void Day_ThatAZoneSkipped_DeniesNothing()
    {
        var freeze = WindowCalendar.Of(new Windows { TimeZone = "Pacific/Apia", Deny = [new WindowRule { From = "2011-12-30", To = "2011-12-30", Reason = "stocktaking" }] });
        for (var at = At("2011-12-29T00:00:00Z"); at < At("2012-01-01T00:00:00Z"); at = at.AddMinutes(30)) Assert.True(freeze.IsOpen(at), $"{at:u}");
    }

    [Fact]
    public void Night_BeforeADayThatAZoneSkipped_EndsOnTheDayAfterIt()
    {
        // Thursday, 29 December 22:00 is 08:00 UTC of the 30th; two hours later it was Saturday there.
        var night = Daily("Pacific/Apia", "22:00-04:00");
        Assert.Equal(At("2011-12-30T08:00:00Z"), night.NextOpen(At("2011-12-30T00:00:00Z")));
        Assert.Equal("2011-12-30 08:00 UTC (2011-12-29 22:00 in Pacific/Apia)", night.Text(At("2011-12-30T08:00:00Z")));
        Assert.True(night.IsOpen(At("2011-12-30T09:59:00Z")));
        Assert.False(night.IsOpen(At("2011-12-30T15:00:00Z")));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-02T13:00:00Z", "2026-03-02 13:00 UTC (14:00 in Europe/Berlin)")]
    [InlineData("Europe/Berlin", "2026-03-02T23:30:00Z", "2026-03-02 23:30 UTC (2026-03-03 00:30 in Europe/Berlin)")]
    [InlineData("UTC", "2026-03-02T13:00:00Z", "2026-03-02 13:00 UTC")]
    public void Text_OfAMoment_IsUtcAndTheClockThere(string zone, string at, string expected) =>
        Assert.Equal(expected, Daily(zone, "09:00-16:00").Text(At(at)));

    private static WindowCalendar Daily(string zone, string hours) => WindowCalendar.Of(new Windows { TimeZone = zone, Allow = [new WindowRule { Hours = hours }] });

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
