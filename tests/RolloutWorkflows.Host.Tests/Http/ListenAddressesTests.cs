namespace RolloutWorkflows.Host.Tests.Http;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:7071")]
    [InlineData("http://localhost:0")]
    [InlineData("http://[::1]:7071;http://127.0.0.2:7072")]
    public void Require_Loopback_IsAccepted(string urls) => Assert.NotEmpty(ListenAddresses.Require(urls, hasKeys: false, behindProxy: false));

    [Theory]
    [InlineData("http://0.0.0.0:7071", "would serve other machines")]
    [InlineData("http://*:7071", "would serve other machines")]
    [InlineData("http://example.org:80", "would serve other machines")]
    [InlineData("https://127.0.0.1:7071", "expected http and no path")]
    [InlineData("http://127.0.0.1:7071/base", "expected http and no path")]
    [InlineData("7071", "expected an address such as")]
    [InlineData(" ", "expected an address such as")]
    public void Require_AnythingElse_IsRefused(string urls, string why) =>
        Assert.Contains(why, Assert.Throws<HostConfigurationException>(() => ListenAddresses.Require(urls, hasKeys: false, behindProxy: false)).Message, StringComparison.Ordinal);

    [Fact]
    public void Require_BeyondLoopbackWithKeys_NeedsAProxyThatEndsTls()
    {
        Assert.Contains("plain http", Assert.Throws<HostConfigurationException>(() => ListenAddresses.Require("http://0.0.0.0:7071", hasKeys: true, behindProxy: false)).Message, StringComparison.Ordinal);
        Assert.Single(ListenAddresses.Require("http://0.0.0.0:7071", hasKeys: true, behindProxy: true));
    }

    [Fact]
    public void Require_BehindAProxyWithoutKeys_IsRefused() =>
        Assert.Contains("needs keys first", Assert.Throws<HostConfigurationException>(() => ListenAddresses.Require("http://127.0.0.1:7071", hasKeys: false, behindProxy: true)).Message, StringComparison.Ordinal);
}
