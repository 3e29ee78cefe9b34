namespace RolloutWorkflows.Activities.Tests;

public sealed class FlagEditTests
{
    private static readonly FlagState Boolean = new() { Name = "captions", Kind = FlagKind.Boolean };

    [Fact]
    public void Edits_OfNoFlag_CreateOneThatExposesNobodyElse()
    {
        Assert.Equal(new FlagState { Name = "bar", Kind = FlagKind.Percentage, Percent = 5 }, FlagEdit.Percent("bar", 5)(null));
        Assert.Equal(new FlagState { Name = "bar", Kind = FlagKind.Boolean, Enabled = false }, FlagEdit.Enabled("bar", false)(null));
        Assert.Equal(0, FlagEdit.AddToCanary("bar", ["ada"])(null).Percent);
    }

    [Fact]
    public void Edits_OfOneSide_LeaveTheOthers()
    {
        var flag = new FlagState { Name = "bar", Kind = FlagKind.Percentage, Percent = 5, Canary = FlagCanary.Of(true, ["ada"]), Enabled = false };

        Assert.Equal(flag with { Percent = 6 }, FlagEdit.Percent("bar", 6)(flag));
        Assert.Equal(flag with { Enabled = true }, FlagEdit.Enabled("bar", true)(flag));
        Assert.Equal(flag with { Canary = FlagCanary.Of(false, ["ada"]) }, FlagEdit.CanaryEnabled("bar", false)(flag));
    }

    [Fact]
    public void CanaryUsers_AddedAndRemoved_StayOrderedAndOnce()
    {
        var flag = FlagEdit.AddToCanary("bar", ["zoe", "ada", "ada"])(null);
        Assert.Equal(["ada", "zoe"], flag.Canary.Users);

        Assert.Equal(["zoe"], FlagEdit.RemoveFromCanary("bar", ["ada", "eve"])(flag).Canary.Users);
    }

    [Fact]
    public void PercentageEdits_OfABooleanFlag_AreRefused()
    {
        Assert.Throws<FlagEditException>(() => FlagEdit.Percent("captions", 5)(Boolean));
        Assert.Throws<FlagEditException>(() => FlagEdit.CanaryEnabled("captions", true)(Boolean));
    }
}
