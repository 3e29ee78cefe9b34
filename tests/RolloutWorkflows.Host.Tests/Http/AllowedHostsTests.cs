using System.Net;

namespace RolloutWorkflows.Host.Tests.Http;

/// <summary>Under which names a server with keys may be addressed, and from which pages.</summary>
public sealed class AllowedHostsTests : IAsyncLifetime
{
    private RunningHost host = null!;
    private string key = "";

    public async ValueTask InitializeAsync()
    {
        var folder = new TemporaryFolder();
        folder.Write("host.json", """{ "extensions": { "rollout": { "allowedHosts": ["rollouts.example.org"] } } }""");
        key = KeyFile.Of(HostLocations.Find(folder.Path, dataFolder: null), TimeProvider.System).Add(new KeyOwner("ada", IsService: false), KeyRole.Admin).Text;
        host = await RunningHost.StartAsync(change: settings => settings with { BehindProxy = true }, folder: folder);
    }

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("rollouts.example.org", null, HttpStatusCode.OK)]
    [InlineData("rollouts.example.org:8443", null, HttpStatusCode.OK)]
    [InlineData("localhost", null, HttpStatusCode.OK)]
    [InlineData("rollouts.example.org", "https://rollouts.example.org", HttpStatusCode.OK)]
    [InlineData("rollouts.example.org", "https://attacker.example", HttpStatusCode.Forbidden)]
    [InlineData("attacker.example", null, HttpStatusCode.Forbidden)]
    [InlineData("rollouts.example.org.attacker.example", null, HttpStatusCode.Forbidden)]
    [InlineData("10.1.2.3", null, HttpStatusCode.Forbidden)]
    public async Task Host_OfARequestWithAKey_MustBeANameOfTheServer(string name, string? origin, HttpStatusCode expected)
    {
        using var client = host.With(key);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/flags");
        request.Headers.Host = name;
        if (origin is not null) request.Headers.Add("Origin", origin);

        using var answer = await client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Host_Allowed_DoesNotOpenAServerWithoutKeys()
    {
        await using var open = await RunningHost.StartAsync(folder => folder.Write("host.json", """{ "extensions": { "rollout": { "allowedHosts": ["rollouts.example.org"] } } }"""));
        using var anybody = open.With(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/flags");
        request.Headers.Host = "rollouts.example.org";

        using var answer = await anybody.SendAsync(request);

        Assert.Equal("forbidden", (await RunningHost.ProblemAsync(answer)).Code);
    }
}
