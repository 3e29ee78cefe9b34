namespace RolloutWorkflows.Host.Tests.Intake;

/// <summary>How people name a surface in front of a reason.</summary>
public sealed class WrittenSurfaceTests
{
    [Theory]
    [InlineData("--surface mobile it crashes", "mobile", "it crashes")]
    [InlineData("--surface=mobile it crashes", "mobile", "it crashes")]
    [InlineData("--Surface `mobile`", "mobile", "")]
    [InlineData("—surface mobile typed on a phone", "mobile", "typed on a phone")]
    [InlineData("it crashes --surface mobile", null, "it crashes --surface mobile")]
    [InlineData("--surfaces mobile", null, "--surfaces mobile")]
    [InlineData("--surface", null, "--surface")]
    [InlineData("--surface  ", null, "--surface  ")]
    [InlineData("", null, "")]
    public void Split_OfWhatSomebodyWrote_TakesTheSurfaceInFront(string text, string? surface, string rest) =>
        Assert.Equal((surface, rest), WrittenSurface.Split(text));
}
