namespace RolloutWorkflows.Orchestrations.Tests.Clock;

public sealed class PlaybookClockTests
{
    private static readonly DateTime Anchor = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void ToPlaybook_NotCompressed_IsRealTime() =>
        Assert.Equal(Anchor.AddDays(3), new PlaybookClock { Anchor = Anchor }.ToPlaybook(Anchor.AddDays(3)).UtcDateTime);

    [Fact]
    public void ToPlaybook_ADayInASecond_MapsBackAndForth()
    {
        var clock = new PlaybookClock { Anchor = Anchor, Compression = 86_400 };
        Assert.Equal(Anchor.AddDays(2), clock.ToPlaybook(Anchor.AddSeconds(2)).UtcDateTime);
        Assert.Equal(Anchor.AddSeconds(2), clock.ToReal(new DateTimeOffset(Anchor.AddDays(2))));
    }

    [Fact]
    public void Paced_Compressed_NeverMeasuresFasterThanATenthOfASecond()
    {
        var clock = new PlaybookClock { Anchor = Anchor, Compression = 86_400 };
        Assert.Equal(TimeSpan.FromMilliseconds(100), clock.ToReal(clock.Paced(TimeSpan.FromMinutes(1))));
        Assert.Equal(TimeSpan.FromDays(1), clock.Paced(TimeSpan.FromDays(1)));
    }

    [Fact]
    public void Paced_NotCompressed_KeepsTheInterval() =>
        Assert.Equal(TimeSpan.FromMilliseconds(10), new PlaybookClock { Anchor = Anchor }.Paced(TimeSpan.FromMilliseconds(10)));
}
