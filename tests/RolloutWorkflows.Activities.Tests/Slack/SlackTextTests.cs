namespace RolloutWorkflows.Activities.Tests;

public sealed class SlackTextTests
{
    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d")]
    [InlineData("<!channel> come", "&lt;!channel&gt; come")]
    [InlineData("<@U012AB3CD>", "&lt;@U012AB3CD&gt;")]
    [InlineData("<https://evil.example|https://good.example>", "&lt;https://evil.example|https://good.example&gt;")]
    [InlineData("@here @Channel @everyone", "@\u200Bhere @\u200BChannel @\u200Beveryone")]
    [InlineData("one\ntwo\r\n*three*", "one two  *three*")]
    [InlineData("right\u202Eto left", "rightto left")]
    [InlineData("&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;")]
    [InlineData("@\u200Chere", "@\u200Bhere")]
    public void Escape_HostileText_MentionsNobodyAndHidesNothing(string text, string expected) => Assert.Equal(expected, SlackText.Escape(text));

    [Theory]
    [InlineData("U012AB3CD", "<@U012AB3CD>")]
    [InlineData("W012AB3CD", "<@W012AB3CD>")]
    [InlineData("U1> <!channel", null)]
    [InlineData("u012", null)]
    [InlineData("", null)]
    public void Mention_OnlyIdsOfPeople_AreMentioned(string user, string? expected) => Assert.Equal(expected, SlackText.Mention(user));

    [Theory]
    [InlineData("https://github.com/web4/app/issues/7", "release issue", "<https://github.com/web4/app/issues/7|release issue>")]
    [InlineData("https://x.example/?a=1&b=2", "a|b", "<https://x.example/?a=1&amp;b=2|a|b>")]
    [InlineData("javascript:alert(1)", "click", "click")]
    [InlineData("https://x.example/a|b>", "words", "<https://x.example/a%7Cb%3E|words>")]
    [InlineData(null, "words", "words")]
    public void Link_OnlyToTheWeb_IsOne(string? address, string words, string expected) => Assert.Equal(expected, SlackText.Link(address, words));

    [Fact]
    public void Date_OfAMoment_IsShownByEachReadersClockAndInUtcOtherwise() =>
        Assert.Equal("<!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>", SlackText.Date(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(1))));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("abc&amp;def", 6, "abc…")]
    [InlineData("abc<@U012AB3CD>", 8, "abc…")]
    [InlineData("abcd😀efg", 6, "abcd…")]
    public void Cut_LongText_EndsBeforeWhatCannotBeDivided(string text, int maximum, string expected) => Assert.Equal(expected, SlackText.Cut(text, maximum));

    [Fact]
    public void Message_WithTooManyBlocks_SaysHowManyAreLeftOut()
    {
        var blocks = SlackBlocks.Message(Enumerable.Range(0, 60).Select(number => SlackBlocks.Section($"{number}")));

        Assert.Equal(SlackBlocks.MaximumBlocks, blocks.Count);
        Assert.StartsWith("11 more are left out", (string?)blocks[^1]!["elements"]![0]!["text"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"runId":"run-1","approvalId":"run-1/one/1/abc"}""", "run-1", "run-1/one/1/abc")]
    [InlineData("""{"runId":"run-1"}""", "run-1", null)]
    [InlineData("""{"approvalId":"x"}""", null, null)]
    [InlineData("""["run-1"]""", null, null)]
    [InlineData("no json", null, null)]
    [InlineData(null, null, null)]
    public void Button_ItsValue_IsReadOrRefused(string? value, string? run, string? approval)
    {
        var read = SlackButton.Read(value);

        Assert.Equal((run, approval), (read?.RunId, read?.ApprovalId));
        if (read is not null) Assert.Equal(read, SlackButton.Read(read.ToValue()));
    }

    [Fact]
    public void QuietHours_OverANightOfTheWeek_BelongToTheDayTheyBeginOn()
    {
        var quiet = SlackQuietHours.Of("Europe/Berlin", "20:00", "08:00", "mon-fri");

        // 2026-03-06 is a Friday; Berlin is one hour ahead of UTC.
        Assert.Null(quiet.EndOfQuiet(Utc("2026-03-06T18:59:00")));
        Assert.Equal(Utc("2026-03-07T07:00:00"), quiet.EndOfQuiet(Utc("2026-03-06T19:00:00")));
        Assert.Equal(Utc("2026-03-07T07:00:00"), quiet.EndOfQuiet(Utc("2026-03-07T06:59:00")));
        Assert.Null(quiet.EndOfQuiet(Utc("2026-03-07T07:00:00")));
        Assert.Null(quiet.EndOfQuiet(Utc("2026-03-07T22:00:00")));
    }

    [Fact]
    public void QuietHours_WhereClocksChange_EndByTheLocalClock()
    {
        var quiet = SlackQuietHours.Of("Europe/Berlin", "20:00", "08:00", null);

        // In the night to 2026-03-29 an hour is left out, in the night to 2026-10-25 one comes twice.
        Assert.Equal(Utc("2026-03-29T06:00:00"), quiet.EndOfQuiet(Utc("2026-03-28T22:00:00")));
        Assert.Equal(Utc("2026-10-25T07:00:00"), quiet.EndOfQuiet(Utc("2026-10-24T22:00:00")));
    }

    private static DateTimeOffset Utc(string at) => DateTimeOffset.Parse(at + "Z", System.Globalization.CultureInfo.InvariantCulture);
}
