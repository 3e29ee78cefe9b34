using System.Globalization;

namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>
/// Deadlines stand still while a window is closed. 2026: Berlin's clocks go forward on 29 March at 02:00 and back on 25
/// October at 03:00, New York's on 8 March and 1 November at 02:00.
/// </summary>
public sealed class WindowDeadlineTests
{
    [Theory]
    // Asked in the window, with time enough left.
    [InlineData("Europe/Berlin", "mon-thu", "09:00-16:00", "2026-06-01T08:00:00Z", 3, "2026-06-01T11:00:00Z")]
    // It ends at the very moment at which the window closes.
    [InlineData("Europe/Berlin", "mon-thu", "09:00-16:00", "2026-06-01T08:00:00Z", 6, "2026-06-01T14:00:00Z")]
    // One hour more, and it ends the next morning; from Thursday, on Monday.
    [InlineData("Europe/Berlin", "mon-thu", "09:00-16:00", "2026-06-01T08:00:00Z", 7, "2026-06-02T08:00:00Z")]
    [InlineData("Europe/Berlin", "mon-thu", "09:00-16:00", "2026-06-04T08:00:00Z", 7, "2026-06-08T08:00:00Z")]
    // Asked while it is closed: all of the time is still to come.
    [InlineData("Europe/Berlin", "mon-thu", "09:00-16:00", "2026-06-04T18:00:00Z", 1, "2026-06-08T08:00:00Z")]
    // Nights of six hours; Friday's belongs to Friday.
    [InlineData("Europe/Berlin", "*", "22:00-04:00", "2026-06-01T12:00:00Z", 7, "2026-06-02T21:00:00Z")]
    [InlineData("Europe/Berlin", "fri", "22:00-04:00", "2026-06-06T01:00:00Z", 2, "2026-06-12T21:00:00Z")]
    // The night of the gap has five hours, that of the overlap seven.
    [InlineData("Europe/Berlin", "*", "22:00-04:00", "2026-03-28T21:00:00Z", 6, "2026-03-29T21:00:00Z")]
    [InlineData("Europe/Berlin", "*", "22:00-04:00", "2026-10-24T20:00:00Z", 7, "2026-10-25T03:00:00Z")]
    [InlineData("America/New_York", "*", "22:00-04:00", "2026-03-08T03:00:00Z", 6, "2026-03-09T03:00:00Z")]
    [InlineData("America/New_York", "*", "22:00-04:00", "2026-11-01T02:00:00Z", 7, "2026-11-01T09:00:00Z")]
    // The start lies in the gap and moves to 03:00; in the overlap the first 02:30 opens and the window is an hour longer.
    [InlineData("Europe/Berlin", "sun", "02:30-05:00", "2026-03-28T12:00:00Z", 3, "2026-04-05T01:30:00Z")]
    [InlineData("Europe/Berlin", "sun", "02:30-05:00", "2026-10-24T12:00:00Z", 3, "2026-10-25T03:30:00Z")]
    [InlineData("America/New_York", "sun", "01:30-03:00", "2026-10-31T12:00:00Z", 2, "2026-11-01T07:30:00Z")]
    public void DeadlineOf_ClosedTime_DoesNotCount(string zone, string days, string hours, string asked, int timeoutHours, string expected)
    {
        var calendar = WindowCalendar.Of(new Windows { TimeZone = zone, Allow = [new WindowRule { Days = days == "*" ? null : days, Hours = hours }] });
        Assert.Equal(At(expected), calendar.DeadlineOf(At(asked), TimeSpan.FromHours(timeoutHours)));
    }

    [Fact]
    public void DeadlineOf_FreezeOverTheYearsEnd_StandsStillUntilItIsOver()
    {
        var calendar = WindowCalendar.Of(new Windows { TimeZone = "Europe/Berlin", Deny = [new WindowRule { From = "2026-12-20", To = "2027-01-03", Reason = "year-end freeze" }] });
        // 20 December begins at 23:00 UTC of the 19th, 4 January at 23:00 UTC of the 3rd.
        Assert.Equal(At("2027-01-04T11:00:00Z"), calendar.DeadlineOf(At("2026-12-19T11:00:00Z"), TimeSpan.FromHours(24)));
        Assert.Equal(At("2027-01-03T23:00:00Z"), calendar.NextOpen(At("2026-12-24T11:00:00Z")));
    }

    [Fact]
    public void DeadlineOf_NoWindows_IsTheTimeoutItself() =>
        Assert.Equal(At("2026-06-02T00:00:00Z"), WindowCalendar.Of().DeadlineOf(At("2026-06-01T00:00:00Z"), TimeSpan.FromDays(1)));

    [Fact]
    public void DeadlineOf_AWindowThatNeverOpensAgain_NeverComes()
    {
        var calendar = WindowCalendar.Of(new Windows { Allow = [new WindowRule { From = "2026-06-01", To = "2026-06-01" }] });
        Assert.Equal(At("2026-06-01T23:00:00Z"), calendar.DeadlineOf(At("2026-06-01T22:00:00Z"), TimeSpan.FromHours(1)));
        Assert.Null(calendar.DeadlineOf(At("2026-06-01T22:00:00Z"), TimeSpan.FromHours(3)));
    }

    [Fact]
    public void DeadlineOf_TwoWindows_CountsWhereBothAreOpen()
    {
        var calendar = WindowCalendar.Of(
            new Windows { TimeZone = "Europe/Berlin", Allow = [new WindowRule { Hours = "09:00-17:00" }] },
            new Windows { TimeZone = "America/New_York", Allow = [new WindowRule { Hours = "09:00-17:00" }] });
        // Both offices are open from 13:00 to 15:00 UTC in summer.
        Assert.Equal(At("2026-06-02T14:00:00Z"), calendar.DeadlineOf(At("2026-06-01T06:00:00Z"), TimeSpan.FromHours(3)));
    }

    /// <summary>What must hold for every calendar, moment and span, tried on many that a fixed seed draws.</summary>
    [Fact]
    public void DeadlineOf_AnyCalendar_CountsExactlyTheOpenMinutes()
    {
        var draw = new Random(20261121);
        for (var round = 0; round < 300; round++)
        {
            var calendar = Any(draw);
            var asked = At("2026-01-01T00:00:00Z").AddMinutes(draw.Next(0, 365 * 24 * 4) * 15);
            var span = TimeSpan.FromMinutes(15 * draw.Next(1, 200));
            if (calendar.DeadlineOf(asked, span) is not { } deadline) continue;

            var open = TimeSpan.Zero;
            for (var moment = asked; moment < deadline; moment = moment.AddMinutes(15))
            {
                if (calendar.IsOpen(moment)) open += TimeSpan.FromMinutes(15);
            }

            Assert.Equal(span, open);
            Assert.True(calendar.IsOpen(deadline.AddTicks(-1)), "time stands still in closed windows, so a deadline never comes there");
            Assert.True(calendar.DeadlineOf(asked, span + TimeSpan.FromMinutes(15)) is not { } later || later > deadline);
        }
    }

    private static WindowCalendar Any(Random draw)
    {
        string[] days = ["mon-thu", "sat,sun", "fri-mon", "wed"];
        string[] zones = ["Europe/Berlin", "America/New_York", "UTC"];
        var start = draw.Next(0, 24 * 4);
        var end = (start + draw.Next(1, 24 * 4)) % (24 * 4);
        var allow = new WindowRule { Days = draw.Next(2) == 0 ? null : days[draw.Next(days.Length)], Hours = $"{Clock(start)}-{Clock(end)}" };
        var from = new DateTime(2026, 1, 1).AddDays(draw.Next(0, 365));
        var deny = new WindowRule { From = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), To = from.AddDays(draw.Next(0, 20)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        return WindowCalendar.Of(new Windows { TimeZone = zones[draw.Next(zones.Length)], Allow = [allow], Deny = draw.Next(2) == 0 ? [] : [deny] });
    }

    private static string Clock(int quarters) => string.Create(CultureInfo.InvariantCulture, $"{quarters / 4:00}:{quarters % 4 * 15:00}");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
