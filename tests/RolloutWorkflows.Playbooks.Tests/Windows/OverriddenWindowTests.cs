using System.Globalization;

namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>Somebody opened a closed window: until it would open by itself it counts as open, for stages and for deadlines.</summary>
public sealed class OverriddenWindowTests
{
    private static readonly WindowCalendar Office = WindowCalendar.Of(new Windows { Allow = [new WindowRule { Hours = "09:00-16:00" }] });

    [Fact]
    public void Opened_IsOpenInThatStretchAndNoOther()
    {
        var opened = Office.Opened(At("2026-03-02T20:00:00Z"), At("2026-03-03T09:00:00Z"));
        Assert.False(opened.IsOpen(At("2026-03-02T19:59:00Z")));
        Assert.True(opened.IsOpen(At("2026-03-02T20:00:00Z")));
        Assert.True(opened.IsOpen(At("2026-03-03T08:59:00Z")));
        Assert.False(opened.IsOpen(At("2026-03-03T16:00:00Z")));
        Assert.Equal(At("2026-03-02T20:00:00Z"), opened.NextOpen(At("2026-03-02T17:00:00Z")));
        Assert.Equal(At("2026-03-03T16:00:00Z"), opened.NextClosed(At("2026-03-02T21:00:00Z"), At("2026-03-04T00:00:00Z")));
    }

    [Theory]
    // Asked right after the override: the time runs, over the night and into the day.
    [InlineData("2026-03-02T20:00:00Z", 6, "2026-03-03T02:00:00Z")]
    [InlineData("2026-03-02T20:00:00Z", 14, "2026-03-03T10:00:00Z")]
    // Asked before it: it stands still from 16:00 to the override.
    [InlineData("2026-03-02T15:00:00Z", 3, "2026-03-02T22:00:00Z")]
    public void DeadlineOf_InAnOverriddenWindow_Runs(string asked, int hours, string expected) =>
        Assert.Equal(At(expected), Office.Opened(At("2026-03-02T20:00:00Z"), At("2026-03-03T09:00:00Z")).DeadlineOf(At(asked), TimeSpan.FromHours(hours)));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
