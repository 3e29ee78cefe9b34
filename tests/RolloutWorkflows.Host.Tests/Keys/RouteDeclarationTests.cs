using System.Net;
using System.Reflection;

namespace RolloutWorkflows.Host.Tests.Keys;

/// <summary>Each route says what it needs, and the server holds it to that.</summary>
public sealed class RouteDeclarationTests
{
    [Fact]
    public async Task EveryRoute_OfTheServer_DeclaresWhatItNeeds()
    {
        await using var host = await RunningHost.StartAsync();

        Assert.All(RouteTable.Of(host), route => Assert.NotNull(route.Metadata.GetMetadata<RouteNeeds>()));
        Assert.Equal(RouteTable.Triggers(host, _ => true).Count, RouteTable.Of(host).Count);
    }

    [Fact]
    public async Task EveryTrigger_OfTheAssembly_IsARoute()
    {
        await using var host = await RunningHost.StartAsync();

        var written = typeof(HttpTrigger).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(HttpTrigger)) && !type.IsAbstract);

        Assert.Equal(written.Select(type => type.Name).Order(), RouteTable.Triggers(host, _ => true).Select(trigger => trigger.GetType().Name).Order());
        Assert.True(typeof(HttpTrigger).GetProperty(nameof(HttpTrigger.Needs), BindingFlags.Public | BindingFlags.Instance)!.GetMethod!.IsAbstract);
    }

    [Fact]
    public async Task WithoutKeys_EveryMutatingRoute_IsRefusedWithWhatToDo()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);
        using var anybody = host.With(null);
        var mutating = RouteTable.Triggers(host, needs => needs is > Permission.Read or Permission.Signed);
        Assert.NotEmpty(mutating);

        foreach (var trigger in mutating)
        {
            using var request = RouteTable.Request(trigger);
            using var answer = await anybody.SendAsync(request);
            var problem = await RunningHost.ProblemAsync(answer);
            Assert.Equal((HttpStatusCode.Unauthorized, "no-keys"), (answer.StatusCode, problem.Code));
            Assert.Contains("rollout keys add NAME --role admin", problem.Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task EveryRoute_ThatIsNoGet_NeedsMoreThanReadingOrASignature()
    {
        await using var host = await RunningHost.StartAsync();

        Assert.All(RouteTable.Triggers(host, needs => needs is Permission.None or Permission.Read), trigger => Assert.Equal("GET", trigger.Method));
    }

    [Fact]
    public async Task WithoutKeys_Reading_IsAllowedOnThisMachine()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);
        using var anybody = host.With(null);

        foreach (var path in new[] { "/api/playbooks", "/api/rollouts", "/flags", "/status.json", "/health" })
            using (var answer = await anybody.GetAsync(path))
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task WithKeys_EveryRouteButLiveness_NeedsAKey()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);
        host.As("ada");
        using var anybody = host.With(null);

        foreach (var trigger in RouteTable.Triggers(host, _ => true))
        {
            using var request = RouteTable.Request(trigger);
            using var answer = await anybody.SendAsync(request);
            if (trigger.Needs == Permission.Signed)
            {
                // Its trigger checks the signature itself; here nothing is connected that could sign.
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
                continue;
            }

            if (trigger.Needs == Permission.None)
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                continue;
            }

            Assert.Equal((HttpStatusCode.Unauthorized, "key-missing"), (answer.StatusCode, (await RunningHost.ProblemAsync(answer)).Code));
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Fact]
    public async Task Reader_OnEveryMutatingRoute_IsNotPermitted()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);
        var reader = host.As("olga", KeyRole.Reader);

        foreach (var trigger in RouteTable.Triggers(host, needs => needs > Permission.Read))
        {
            using var request = RouteTable.Request(trigger);
            using var answer = await reader.SendAsync(request);
            Assert.Equal((HttpStatusCode.Forbidden, "not-permitted"), (answer.StatusCode, (await RunningHost.ProblemAsync(answer)).Code));
        }
    }
}
