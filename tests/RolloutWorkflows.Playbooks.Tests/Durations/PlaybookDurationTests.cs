namespace RolloutWorkflows.Playbooks.Tests;

public sealed class PlaybookDurationTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("10m", 600)]
    [InlineData("24h", 86_400)]
    [InlineData("3d", 259_200)]
    [InlineData("2w", 1_209_600)]
    [InlineData("1h30m", 5_400)]
    [InlineData("1.5h", 5_400)]
    [InlineData("1w2d3h4m5s", 788_645)]
    [InlineData("0s", 0)]
    [InlineData("250ms", 0.25)]
    [InlineData("PT1H30M", 5_400)]
    [InlineData("P1D", 86_400)]
    [InlineData("P2W", 1_209_600)]
    [InlineData("P1DT0.5S", 86_400.5)]
    public void Duration_Valid_HasItsLength(string text, double seconds)
    {
        Assert.True(PlaybookDuration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("1.5")]
    [InlineData("-3d")]
    [InlineData("3 d")]
    [InlineData("3d ")]
    [InlineData("30m1h")]
    [InlineData("1h1h")]
    [InlineData("3D")]
    [InlineData("3days")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("p1d")]
    [InlineData("3651d")]
    [InlineData("999999999999w")]
    [InlineData("24h\n")]
    [InlineData("epochs")]
    public void Duration_Invalid_IsRefused(string text)
    {
        Assert.False(PlaybookDuration.TryParse(text, out _));
        Assert.Contains("30s, 10m, 24h", Assert.Throws<FormatException>(() => PlaybookDuration.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("24h", "1d")]
    [InlineData("36h", "1d12h")]
    [InlineData("2w", "14d")]
    [InlineData("90s", "1m30s")]
    [InlineData("1500ms", "1s500ms")]
    [InlineData("0s", "0s")]
    public void Format_AnyDuration_IsShortAndReadsBack(string text, string expected)
    {
        var duration = PlaybookDuration.Parse(text);

        Assert.Equal(expected, PlaybookDuration.Format(duration));
        Assert.Equal(duration, PlaybookDuration.Parse(PlaybookDuration.Format(duration)));
    }
}
