using System.Text.Json;

namespace RolloutWorkflows.Activities.Tests;

public sealed class FlagEvaluatorTests
{
    // Places for flag "new-checkout": alice 20.3, dave 38.5, carol 53.5, bob 74.9.
    private static readonly FlagState AtThirty = new() { Name = "new-checkout", Kind = FlagKind.Percentage, Percent = 30, Version = 7 };

    [Theory]
    [InlineData("alice", true, FlagReason.Percentage)]
    [InlineData("bob", false, FlagReason.Percentage)]
    public void Explain_Percentage_FollowsThePlace(string user, bool value, FlagReason reason)
    {
        var explanation = FlagEvaluator.Explain(AtThirty, user);

        Assert.Equal((value, reason, 30d, 7L), (explanation.Value, explanation.Reason, explanation.Percent, explanation.Version));
    }

    [Fact]
    public void Explain_OnTheAllowlist_BeatsThePercentage()
    {
        var flag = AtThirty with { Canary = FlagCanary.Of(true, ["bob"]) };

        var bob = FlagEvaluator.Explain(flag, "bob");
        var carol = FlagEvaluator.Explain(flag, "carol");

        Assert.Equal((true, FlagReason.Canary, true), (bob.Value, bob.Reason, bob.OnAllowlist));
        Assert.Equal((false, FlagReason.Percentage, false), (carol.Value, carol.Reason, carol.OnAllowlist));
    }

    [Fact]
    public void Explain_CanaryThatIsOff_HasNoEffect()
    {
        var bob = FlagEvaluator.Explain(AtThirty with { Canary = FlagCanary.Of(false, ["bob"]) }, "bob");

        Assert.Equal((false, FlagReason.Percentage, true, false), (bob.Value, bob.Reason, bob.OnAllowlist, bob.CanaryEnabled));
    }

    [Fact]
    public void Explain_Disabled_BeatsEverything()
    {
        var flag = AtThirty with { Enabled = false, Percent = 100, Canary = FlagCanary.Of(true, ["bob"]) };

        Assert.Equal((false, FlagReason.Disabled), (FlagEvaluator.Explain(flag, "bob").Value, FlagEvaluator.Explain(flag, "bob").Reason));
    }

    [Theory]
    [InlineData(true, FlagReason.Enabled, 100)]
    [InlineData(false, FlagReason.Disabled, 0)]
    public void Explain_BooleanFlag_IsTheSameForEverybody(bool enabled, FlagReason reason, double percent)
    {
        var flag = new FlagState { Name = "captions", Kind = FlagKind.Boolean, Enabled = enabled };

        Assert.All(["alice", "bob"], user =>
        {
            var explanation = FlagEvaluator.Explain(flag, user);
            Assert.Equal((enabled, reason, percent), (explanation.Value, explanation.Reason, explanation.Percent));
        });
    }

    [Fact]
    public void Explain_AsJson_IsWhatClientsRead()
    {
        var json = JsonSerializer.SerializeToElement(FlagEvaluator.Explain(AtThirty, "alice"), JsonSerializerOptions.Web);

        Assert.Equal("new-checkout", json.GetProperty("flag").GetString());
        Assert.True(json.GetProperty("value").GetBoolean());
        Assert.Equal("percentage", json.GetProperty("reason").GetString());
        Assert.Equal(20348, json.GetProperty("bucket").GetInt64());
        Assert.Equal("The user stands at 20.348 of 100 and the flag is at 30 %: within it.", json.GetProperty("because").GetString());
    }
}
