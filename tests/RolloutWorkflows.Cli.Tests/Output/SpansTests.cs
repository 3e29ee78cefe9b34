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
}
