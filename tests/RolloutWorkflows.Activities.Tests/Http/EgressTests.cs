using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Where requests of playbooks may go, and where they never do.</summary>
public sealed class EgressTests
{
    [Fact]
    public async Task Request_ToAnAddressThatIsNotGranted_IsNotSent()
    {
        await using var server = await LoopbackServer.StartAsync("{}");
        using var rig = Rig([]);

        var result = await rig.StepAsync("http/probe", new { url = server.Address });

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("is not granted to playbook web4", result.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Request_ToALoopbackAddressThatIsGranted_IsSent()
    {
        await using var server = await LoopbackServer.StartAsync("{}");
        using var rig = Rig([Origin(server.Address.ToString())]);

        var result = await rig.StepAsync("http/probe", new { url = server.Address });

        Assert.Equal(StepVerdict.Passed, result.Verdict);
    }

    [Fact]
    public async Task Request_ToTheServerThatRunsThePlaybook_IsNeverSent()
    {
        await using var server = await LoopbackServer.StartAsync("{}");
        var own = new OwnListeners();
        own.Set([server.Address.Port]);
        using var rig = Rig([Origin(server.Address.ToString())], own: own);

        var result = await rig.StepAsync("http/request", new { url = server.Address + "api/rollouts" });

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("is this server itself", result.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("[::ffff:169.254.169.254]")]
    [InlineData("[fd00:ec2::254]")]
    public async Task Request_ToACloudsMetadata_IsNeverSentEvenWhereGranted(string host)
    {
        using var rig = Rig([Origin($"http://{host}", isPrivate: true)]);

        var result = await rig.StepAsync("http/probe", new { url = $"http://{host}/latest/meta-data" });

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("is never called", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ByANameThatStandsForAPrivateAddress_NeedsItStated()
    {
        await using var server = await LoopbackServer.StartAsync("{}");
        var url = $"http://status.example:{server.Address.Port}/";
        using var plain = Rig([Origin(url)], (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        using var stated = Rig([Origin(url, isPrivate: true)], (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));

        var refused = await plain.StepAsync("http/probe", new { url });
        var sent = await stated.StepAsync("http/probe", new { url });

        Assert.Equal(StepVerdict.Errored, refused.Verdict);
        Assert.Contains("127.0.0.1 is private", refused.Message, StringComparison.Ordinal);
        Assert.Equal(StepVerdict.Passed, sent.Verdict);
        Assert.Equal(["GET /"], server.Requests);
    }

    [Fact]
    public async Task Request_ByANameThatChangesItsAddress_ConnectsToTheAddressThatWasJudged()
    {
        await using var server = await LoopbackServer.StartAsync("{}");
        var lookUps = 0;
        // Another machine when asked first, this one ever after.
        Task<IPAddress[]> Rebinding(string host, CancellationToken cancellation) =>
            Task.FromResult<IPAddress[]>([lookUps++ == 0 ? IPAddress.Parse("192.0.2.1") : IPAddress.Loopback]);
        var url = $"http://rebinding.example:{server.Address.Port}/";
        using var rig = Rig([Origin(url)], Rebinding);

        foreach (var attempt in new[] { 1, 2, 3 })
            Assert.Equal(StepVerdict.Errored, (await rig.StepAsync("http/probe", new { url }, $"try/{attempt}")).Verdict);

        Assert.Empty(server.Requests);
        Assert.Equal(3, lookUps);
    }

    [Fact]
    public async Task Redirect_ToAnotherOrigin_IsNotFollowed()
    {
        await using var metadata = await LoopbackServer.StartAsync("""{ "token": "stolen" }""");
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Redirect(metadata.Address.ToString());
            return Task.CompletedTask;
        });
        using var rig = Rig([Origin(server.Address.ToString())]);

        var result = await rig.StepAsync("http/probe", new { url = server.Address });

        Assert.Equal((StepVerdict.Failed, 302), (result.Verdict, result.Outputs["status"].GetInt32()));
        Assert.Empty(metadata.Requests);
    }

    private static StepRig Rig(EgressGrant[] egress, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = null, OwnListeners? own = null) => new(services =>
    {
        services.AddSingleton(new Grants(new Dictionary<string, PlaybookGrant> { ["web4"] = new() { Egress = egress } }));
        if (lookUp is not null) services.AddSingleton(new EgressOptions { LookUp = lookUp });
        if (own is not null) services.AddSingleton(own);
    });

    private static EgressGrant Origin(string text, bool isPrivate = false) =>
        EgressGrant.TryParse(text, isPrivate, out var grant, out var expected) ? grant : throw new ArgumentException(expected);
}
