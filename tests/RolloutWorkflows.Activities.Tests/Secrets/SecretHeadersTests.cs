using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Secrets go where they are granted, and nowhere else.</summary>
public sealed class SecretHeadersTests
{
    private const string Secret = "s3cret-\"4711\"";

    [Theory]
    [InlineData("http/probe")]
    [InlineData("http/request")]
    public async Task Secret_GrantedForTheDestination_IsSentThere(string uses)
    {
        var heard = "";
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            heard = context.Request.Headers["X-Key"].ToString();
            return context.Response.WriteAsync("{}");
        });
        using var rig = Rig(server.Address, server.Address);

        var result = await rig.StepAsync(uses, new { url = server.Address, headers = Headers });

        Assert.Equal(StepVerdict.Passed, result.Verdict);
        Assert.Equal($"key {Secret}!", heard);
    }

    [Fact]
    public async Task Secret_NotGrantedForTheDestination_IsNotSentAndLeavesNothingBehind()
    {
        await using var server = await LoopbackServer.StartAsync("{}");
        using var rig = Rig(server.Address, new Uri("https://elsewhere.example"));

        var result = await rig.StepAsync("http/request", new { url = server.Address, headers = Headers });

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("secret KEY at", result.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.Empty(await rig.Journal.ListAsync("run"));
    }

    [Fact]
    public async Task Secret_ThatTheOtherSideAnswersWith_IsNeverStored()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsJsonAsync(new { youSent = context.Request.Headers["X-Key"].ToString() }));
        using var rig = Rig(server.Address, server.Address);

        var result = await rig.StepAsync("http/request", new { url = server.Address, headers = Headers });

        Assert.Equal("key ***!", result.Outputs["body"].GetProperty("youSent").GetString());
        var stored = JsonSerializer.Serialize(result) + JsonSerializer.Serialize(await rig.Journal.ListAsync("run"));
        Assert.DoesNotContain("4711", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_ForAReadBackElsewhere_IsNotSentThere()
    {
        await using var other = await LoopbackServer.StartAsync("{}");
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 502;
            return Task.CompletedTask;
        });
        using var rig = Rig(server.Address, server.Address, other.Address);

        var result = await rig.StepAsync("http/request", new { url = server.Address, headers = Headers, readBackUrl = other.Address });

        Assert.Contains("The read-back was not sent: secret KEY at", result.Message, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    private static Dictionary<string, string> Headers => new() { ["X-Key"] = "key ${{ secrets.KEY }}!" };

    private static StepRig Rig(Uri egress, Uri secretFor, params Uri[] more) => new(services =>
    {
        services.AddSingleton(new Grants(new Dictionary<string, PlaybookGrant>
        {
            ["web4"] = new()
            {
                Egress = [Origin(egress), .. more.Select(Origin)],
                Secrets = new Dictionary<string, IReadOnlyList<EgressGrant>> { ["KEY"] = [Origin(secretFor)] },
            },
        }));
        services.AddSingleton(new SecretOptions
        {
            Secrets = new Dictionary<string, SecretLocation> { ["KEY"] = new() { Name = "KEY", Environment = "KEY" } },
            Environment = name => name == "KEY" ? Secret : null,
        });
    });

    private static EgressGrant Origin(Uri address) =>
        EgressGrant.TryParse(address.GetLeftPart(UriPartial.Authority), statedPrivate: false, out var grant, out var expected) ? grant : throw new ArgumentException(expected);
}
