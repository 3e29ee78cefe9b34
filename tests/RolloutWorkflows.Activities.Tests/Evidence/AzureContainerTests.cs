namespace RolloutWorkflows.Activities.Tests;

public sealed class AzureContainerTests
{
    private const string Token = "abcDEF%2F123%3D";

    [Fact]
    public void SasUrl_OfAContainer_GivesAddressesOfBlobsWithTheToken()
    {
        var container = AzureContainer.Of("sas", $"https://acme.blob.core.windows.net/evidence?sv=2022-11-02&sp=cw&se=2027-01-02T03:04:05Z&sr=c&sig={Token}");
        Assert.Equal(("evidence", "cw", new DateTimeOffset(2027, 1, 2, 3, 4, 5, TimeSpan.Zero)), (container.Name, container.Permissions, container.ExpiresAt));
        Assert.Equal($"https://acme.blob.core.windows.net/evidence/run-1/0001%20a.json?sv=2022-11-02&sp=cw&se=2027-01-02T03:04:05Z&sr=c&sig={Token}", container.AddressOf("run-1/0001 a.json").AbsoluteUri);
    }

    [Theory]
    [InlineData("nonsense " + Token, "it is no address")]
    [InlineData("http://acme.blob.core.windows.net/evidence?sig=" + Token, "it begins with http://")]
    [InlineData("https://acme.blob.core.windows.net/evidence?sv=" + Token, "it has no signature")]
    [InlineData("https://acme.blob.core.windows.net/?sig=" + Token, "it names no container")]
    public void SasUrl_ThatWillNotDo_IsRefusedWithoutBeingShown(string url, string why)
    {
        var refused = Assert.Throws<SecretException>(() => AzureContainer.Of("sas", url));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, refused.Message, StringComparison.Ordinal);
    }
}
