using System.Net;
using RolloutWorkflows.Host.Tests.GitHub;

namespace RolloutWorkflows.Host.Tests.Http;

/// <summary>A listener of their own for webhooks: nothing else is served there.</summary>
public sealed class WebhookListenerTests : IAsyncLifetime
{
    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await HookedHost.StartAsync(change: settings => settings with { WebhookUrls = "http://127.0.0.1:0" });

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("/health")]
    [InlineData("/api/rollouts")]
    [InlineData("/flags")]
    [InlineData("/")]
    [InlineData("/webhooksx")]
    [InlineData("/WEBHOOKS/../health")]
    public async Task Request_OnTheListenerForWebhooks_IsNoRoute(string path)
    {
        using var client = With(host.As("ada").DefaultRequestHeaders.Authorization!.Parameter!);

        using var answer = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("no-such-route", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Fact]
    public async Task Webhook_OnItsOwnListener_IsTaken()
    {
        host.As("ada");
        using var client = With(null);

        using var answer = await client.SendAsync(HookedHost.Delivery("""{"zen":"a"}""", "ping"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Host_ThatIsNoneOfTheServers_IsForbiddenThereToo()
    {
        host.As("ada");
        using var client = With(null);
        var request = HookedHost.Delivery("""{"zen":"a"}""", "ping");
        request.Headers.Host = "attacker.example";

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Everything_OnTheServersOwnListener_IsServedAsBefore() =>
        Assert.Equal("healthy", (await host.GetJsonAsync("/health")).GetProperty("status").GetString());

    [Fact]
    public void RequireForWebhooks_BeyondLoopback_NeedsKeys()
    {
        Assert.Contains("--webhook-urls", Assert.Throws<HostConfigurationException>(() => ListenAddresses.RequireForWebhooks("http://0.0.0.0:7072", hasKeys: false)).Message, StringComparison.Ordinal);
        Assert.Single(ListenAddresses.RequireForWebhooks("http://0.0.0.0:7072", hasKeys: true));
        Assert.Empty(ListenAddresses.RequireForWebhooks(null, hasKeys: false));
    }

    private HttpClient With(string? key)
    {
        var client = host.With(key);
        client.BaseAddress = host.Addresses[^1];
        return client;
    }
}
