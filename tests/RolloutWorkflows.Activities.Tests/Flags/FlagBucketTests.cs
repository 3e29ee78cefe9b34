namespace RolloutWorkflows.Activities.Tests;

public sealed class FlagBucketTests
{
    [Theory]
    [InlineData("alice", 873940884u)]
    [InlineData("bob", 3220165463u)]
    [InlineData("carol", 2301367322u)]
    [InlineData("dave", 1654984810u)]
    [InlineData("user-42", 2394511712u)]
    public void HashOf_KnownUsers_IsFlagds(string user, uint expected) => Assert.Equal(expected, FlagBucket.HashOf("new-checkout", user));

    [Fact]
    public void IsWithin_WeightsOfThatRatio_AgreesWithFlagd()
    {
        foreach (var user in Users(3000))
        {
            Assert.Equal(FlagBucket.Of("bar", user, 100) < 10, FlagBucket.IsWithin("bar", user, 10));
            Assert.Equal(FlagBucket.Of("bar", user, 3) < 1, FlagBucket.IsWithin("bar", user, 100d / 3));
            Assert.Equal(FlagBucket.Of("bar", user) < 500, FlagBucket.IsWithin("bar", user, 0.5));
        }
    }

    [Fact]
    public void IsWithin_HigherPercentage_KeepsEverybodyWhoWasIn()
    {
        double[] ladder = [0, 0.5, 1, 10, 50, 100];
        foreach (var user in Users(3000))
        {
            var answers = ladder.Select(percent => FlagBucket.IsWithin("bar", user, percent)).ToList();
            Assert.Equal(answers.Order(), answers);
            Assert.False(answers[0]);
            Assert.True(answers[^1]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50)]
    public void IsWithin_ManyUsers_IsCloseToThePercentage(double percent)
    {
        var share = Users(20000).Count(user => FlagBucket.IsWithin("bar", user, percent)) / 200d;

        Assert.InRange(share, percent - 1, percent + 1);
    }

    [Fact]
    public void Of_NameOutsideAscii_HashesUtf8()
    {
        Assert.Equal(Murmur3.Hash("barzoë"u8), FlagBucket.HashOf("bar", "zoë"));
    }

    private static IEnumerable<string> Users(int count) => Enumerable.Range(0, count).Select(index => $"user-{index}");
}
