using System.Globalization;

namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>2026: the first of January is a Thursday; Berlin's clocks go forward on 29 March at 02:00 and back on 25 October at 03:00.</summary>
public sealed class WindowCalendarTests
{
    private const string OfficeHours = "allow mon-thu 09:00-16:00";

    [Theory]
    [InlineData(OfficeHours, "2026-06-01T07:00:00Z", "2026-06-01T07:00:00Z")] // Monday 09:00 in Berlin
    [InlineData(OfficeHours, "2026-06-01T06:59:00Z", "2026-06-01T07:00:00Z")]
    [InlineData(OfficeHours, "2026-06-01T13:59:59Z", "2026-06-01T13:59:59Z")]
    [InlineData(OfficeHours, "2026-06-01T14:00:00Z", "2026-06-02T07:00:00Z")] // closed at 16:00 sharp
    [InlineData(OfficeHours, "2026-06-04T15:00:00Z", "2026-06-08T07:00:00Z")] // Thursday evening to Monday
    [InlineData(OfficeHours, "2026-12-01T07:30:00Z", "2026-12-01T08:00:00Z")] // winter time
    [InlineData("allow sat,sun", "2026-06-05T21:59:00Z", "2026-06-05T22:00:00Z")] // Saturday starts at midnight in Berlin
    [InlineData("allow fri-mon", "2026-06-02T12:00:00Z", "2026-06-04T22:00:00Z")]
    [InlineData("allow fri 22:00-04:00", "2026-06-06T01:59:00Z", "2026-06-06T01:59:00Z")] // the night belongs to Friday
    [InlineData("allow fri 22:00-04:00", "2026-06-06T02:00:00Z", "2026-06-12T20:00:00Z")]
    [InlineData("allow * 20:00-24:00", "2026-06-06T21:59:59Z", "2026-06-06T21:59:59Z")]
    [InlineData("deny sat-sun", "2026-06-05T23:00:00Z", "2026-06-07T22:00:00Z")]
    [InlineData("allow mon-thu 09:00-16:00; deny * 12:00-13:00", "2026-06-01T10:15:00Z", "2026-06-01T11:00:00Z")]
    [InlineData("allow mon 09:00-10:00; deny mon", "2026-06-01T07:15:00Z", null)]
    [InlineData("from 2026-07-01 to 2026-07-02", "2026-06-01T00:00:00Z", "2026-06-30T22:00:00Z")]
    [InlineData("from 2026-07-01 to 2026-07-02", "2026-07-02T21:59:59Z", "2026-07-02T21:59:59Z")] // the last day is inclusive
    [InlineData("from 2026-07-01 to 2026-07-02", "2026-07-02T22:00:00Z", null)]
    [InlineData("from 2026-07-01T10:00 to 2026-07-01T12:00", "2026-06-01T00:00:00Z", "2026-07-01T08:00:00Z")]
    [InlineData("from 2026-07-01T10:00:00Z to 2026-07-01T12:00:00+02:00", "2026-07-01T10:30:00Z", null)] // ends as it starts
    [InlineData("deny from 2026-12-20 to 2027-01-03", "2026-12-24T12:00:00Z", "2027-01-03T23:00:00Z")]
    [InlineData("deny from 2026-12-20", "2026-12-24T12:00:00Z", null)]
    public void NextOpen_Window_IsItsFirstOpenMoment(string windows, string at, string? expected) =>
        Assert.Equal(Moment(expected), Calendar(windows).NextOpen(Moment(at)!.Value));

    [Theory]
    // 02:00 to 03:00 does not exist on 29 March: the start moves to 03:00, which is 01:00 UTC.
    [InlineData("allow * 02:30-05:00", "2026-03-28T23:00:00Z", "2026-03-29T01:00:00Z")]
    // The whole window lies in the gap, so it opens the next day.
    [InlineData("allow * 02:10-02:50", "2026-03-28T23:00:00Z", "2026-03-30T00:10:00Z")]
    // The end lies in the gap and moves to 03:00.
    [InlineData("allow * 01:00-02:30", "2026-03-29T00:59:59Z", "2026-03-29T00:59:59Z")]
    [InlineData("allow * 01:00-02:30", "2026-03-29T01:00:00Z", "2026-03-29T23:00:00Z")]
    // 02:30 comes twice on 25 October: the first one, at 00:30 UTC, opens.
    [InlineData("allow * 02:30-05:00", "2026-10-24T23:00:00Z", "2026-10-25T00:30:00Z")]
    // A window that ends at 02:30 ends at the first one.
    [InlineData("allow * 01:00-02:30", "2026-10-25T00:30:00Z", "2026-10-26T00:00:00Z")]
    // A one-off moment in the gap and in the overlap.
    [InlineData("from 2026-03-29T02:30 to 2026-03-29T06:00", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("from 2026-10-25T02:30 to 2026-10-25T06:00", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z")]
    // The day of the change has 23 or 25 hours, and all of them are open.
    [InlineData("from 2026-03-29 to 2026-03-29", "2026-03-29T21:59:59Z", "2026-03-29T21:59:59Z")]
    [InlineData("from 2026-10-25 to 2026-10-25", "2026-10-25T22:59:59Z", "2026-10-25T22:59:59Z")]
    public void NextOpen_WhereClocksChange_FollowsTheRulesOfTheLanguage(string windows, string at, string expected) =>
        Assert.Equal(Moment(expected), Calendar(windows).NextOpen(Moment(at)!.Value));

    [Fact]
    public void PlaybookAndStage_BothMustBeOpen()
    {
        var calendar = WindowCalendar.Of(
            new Windows { Allow = [new WindowRule { Days = "mon-wed" }] },
            null,
            new Windows { TimeZone = "America/New_York", Allow = [new WindowRule { Days = "wed-fri", Hours = "10:00-11:00" }] });

        Assert.Equal(Moment("2026-06-03T14:00:00Z"), calendar.NextOpen(Moment("2026-06-01T00:00:00Z")!.Value));
    }

    [Fact]
    public void WhyClosed_Freeze_SaysItsReason()
    {
        var calendar = WindowCalendar.Of(new Windows { Allow = [new WindowRule { Days = "mon" }], Deny = [new WindowRule { From = "2026-12-20", To = "2027-01-03", Reason = "year-end freeze" }] });

        Assert.Equal("year-end freeze", calendar.WhyClosed(Moment("2026-12-21T12:00:00Z")!.Value));
        Assert.Equal("outside the allowed windows", calendar.WhyClosed(Moment("2026-12-15T12:00:00Z")!.Value));
        Assert.Null(calendar.WhyClosed(Moment("2026-12-14T12:00:00Z")!.Value));
    }

    [Fact]
    public void NoWindows_AreAlwaysOpen() => Assert.True(WindowCalendar.Of().IsOpen(DateTimeOffset.UnixEpoch));

    [Fact]
    public void Texts_WithExpressions_AreResolvedFirst()
    {
        var windows = new Windows { Allow = [new WindowRule { From = "${{ inputs.start }}" }] };
        var scope = new ExpressionScope { Inputs = new Dictionary<string, System.Text.Json.JsonElement> { ["start"] = System.Text.Json.JsonSerializer.SerializeToElement("2026-07-01") } };

        Assert.Equal(Moment("2026-07-01T00:00:00Z"), WindowCalendar.Of(WindowCalendar.Resolve(windows, scope)).NextOpen(Moment("2026-01-01")!.Value));
        Assert.Equal(
            "a window cannot be read; expected a date or moment such as 2026-12-20 or 2026-12-20T09:00, got '${{ inputs.start }}'",
            Assert.Throws<FormatException>(() => WindowCalendar.Of(windows)).Message);
    }

    /// <summary>Parts joined by <c>;</c>: <c>allow DAYS HOURS</c>, <c>deny DAYS HOURS</c>, <c>[deny] from X [to Y]</c>; <c>*</c> is every day.</summary>
    private static WindowCalendar Calendar(string text)
    {
        var rules = text.Split(';', StringSplitOptions.TrimEntries).Select(part => (Deny: part.StartsWith("deny", StringComparison.Ordinal), Rule: Rule(part))).ToList();
        return WindowCalendar.Of(new Windows
        {
            TimeZone = "Europe/Berlin",
            Allow = [.. rules.Where(rule => !rule.Deny).Select(rule => rule.Rule)],
            Deny = [.. rules.Where(rule => rule.Deny).Select(rule => rule.Rule)],
        });
    }

    private static WindowRule Rule(string part)
    {
        var words = part.Replace("allow ", "", StringComparison.Ordinal).Replace("deny ", "", StringComparison.Ordinal).Split(' ');
        return words[0] == "from"
            ? new WindowRule { From = words[1], To = words.Length > 3 ? words[3] : null }
            : new WindowRule { Days = words[0] == "*" ? null : words[0], Hours = words.Length > 1 ? words[1] : null };
    }

    private static DateTimeOffset? Moment(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
