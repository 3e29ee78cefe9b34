using Web4Service;

namespace RolloutWorkflows.Activities.Tests.Samples;

public sealed class FaultTests
{
    [Theory]
    [InlineData("None", "percentage", 0, false)]
    [InlineData("Canary", "canary", 50_000, true)]
    [InlineData("Canary", "percentage", 500, false)]
    [InlineData("OnePercent", "percentage", 999, true)]
    [InlineData("OnePercent", "percentage", 1_000, false)]
    [InlineData("TenPercent", "percentage", 999, false)]
    [InlineData("TenPercent", "percentage", 1_000, true)]
    [InlineData("TenPercent", "percentage", 9_999, true)]
    [InlineData("TenPercent", "percentage", 10_000, false)]
    [InlineData("TenPercent", "canary", 5_000, false)]
    [InlineData("FiftyPercent", "percentage", 10_000, true)]
    [InlineData("Full", "percentage", 50_000, true)]
    [InlineData("Full", "percentage", 49_999, false)]
    public void Hits_User_FollowsTheCohort(string stage, string reason, long bucket, bool expected) =>
        Assert.Equal(expected, Fault.Hits(Enum.Parse<FaultStage>(stage), new FlagAnswer { Value = true, Reason = reason, Bucket = bucket }));

    [Fact]
    public void Hits_UserWithoutTheFeature_Never() =>
        Assert.False(Fault.Hits(FaultStage.TenPercent, new FlagAnswer { Value = false, Reason = "percentage", Bucket = 5_000 }));
}
