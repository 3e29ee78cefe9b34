namespace RolloutWorkflows.Cli.Tests.Output;

public sealed class SpansTests
{
    [Theory]
    [InlineData(0.0312, "0.03 s")]
    [InlineData(42.51, "42.5 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(3600, "1 h")]
    [InlineData(100_000, "1 d 3 h")]
    [InlineData(-90, "-1 min 30 s")]
    public void Of_Seconds_ReadsLikeSpeech(double seconds, string text) => Assert.Equal(text, Spans.Of(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("UTC", "2026-03-01 22:30:00Z")]
    [InlineData("Europe/Berlin", "2026-03-01 22:30:00Z (23:30 local)")]
    [InlineData("Asia/Tokyo", "2026-03-01 22:30:00Z (2026-03-02 07:30 local)")]
    public void Moment_InAZone_IsUtcWithTheViewersTimeInBrackets(string zone, string text) =>
        Assert.Equal(text, Spans.Moment(new DateTimeOffset(2026, 3, 1, 22, 30, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById(zone)));
}
