using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;

namespace RolloutWorkflows.Host.Tests.Keys;

/// <summary>Which keys open the door, over a real socket.</summary>
public sealed class KeyGateTests : IAsyncLifetime
{
    private const string Foreign = "rwk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData(KeyRole.Reader)]
    [InlineData(KeyRole.Operator)]
    [InlineData(KeyRole.Admin)]
    public async Task Key_OfAnyRole_Reads(KeyRole role)
    {
        using var answer = await host.As("ada", role).GetAsync("/api/rollouts");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Key_OfAService_EvaluatesFlags()
    {
        using (await host.Http.PutAsJsonAsync("/flags/bar", new { percent = 100 })) { }

        using var answer = await host.AsService("shop", KeyRole.Reader).GetAsync("/flags/bar/evaluate?user=u1");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Key_NotOurs_IsUnknown()
    {
        host.As("ada");
        await AssertUnauthorizedAsync(Foreign, "key-unknown");
    }

    [Fact]
    public async Task Key_OneCharacterOff_IsUnknown()
    {
        var key = Mint("ada");
        await AssertUnauthorizedAsync(key[..^1] + (key[^1] == 'A' ? 'B' : 'A'), "key-unknown");
    }

    [Fact]
    public async Task Key_Revoked_OpensNothingAtOnceWhileTheServerRuns()
    {
        var minted = host.Keys.Add(new KeyOwner("ada", IsService: false), KeyRole.Admin);
        using var client = host.With(minted.Text);
        using (var before = await client.GetAsync("/flags")) Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        host.Keys.Revoke(minted.Stored.Id);

        await AssertUnauthorizedAsync(minted.Text, "key-revoked");
    }

    [Fact]
    public async Task Key_TheLastOneRevoked_DoesNotOpenTheServer()
    {
        var minted = host.Keys.Add(new KeyOwner("ada", IsService: false), KeyRole.Admin);
        host.Keys.Revoke(minted.Stored.Id);
        using var anybody = host.With(null);

        using var answer = await anybody.GetAsync("/flags");

        Assert.Equal("key-missing", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Fact]
    public async Task Key_Expired_OpensNothing()
    {
        var expired = host.Keys.Add(new KeyOwner("ada", IsService: false), KeyRole.Admin, TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(1));
        await AssertUnauthorizedAsync(expired.Text, "key-expired");
    }

    [Fact]
    public async Task Keys_AfterARestart_AreStillValid()
    {
        var key = Mint("ada");
        await host.StopAsync();

        await using var again = await RunningHost.StartAsync(folder: host.Folder);
        using var client = again.With(key);
        using var answer = await client.GetAsync("/flags");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("Basic YWRhOmFkYQ==")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("rwk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Authorization_OfAnotherKind_IsNoKey(string header)
    {
        host.As("ada");
        using var client = host.With(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/flags");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        using var answer = await client.SendAsync(request);

        Assert.Equal((HttpStatusCode.Unauthorized, "key-missing"), (answer.StatusCode, (await RunningHost.ProblemAsync(answer)).Code));
    }

    [Fact]
    public async Task Keys_WhoseFileIsBroken_LetNobodyInAndTheServerLives()
    {
        var key = Mint("ada");
        var sound = await File.ReadAllTextAsync(host.Keys.Path);
        await File.WriteAllTextAsync(host.Keys.Path, "{ oops");
        using var client = host.With(key);
        using var anybody = host.With(null);

        using (var answer = await client.GetAsync("/flags")) Assert.Equal((HttpStatusCode.ServiceUnavailable, "keys-unreadable"), (answer.StatusCode, (await RunningHost.ProblemAsync(answer)).Code));
        using (var answer = await anybody.GetAsync("/flags")) Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        using (var answer = await anybody.GetAsync("/health")) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await File.WriteAllTextAsync(host.Keys.Path, sound);

        using (var answer = await client.GetAsync("/flags")) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Keys_WhoseFileIsDeleted_LetNobodyIn()
    {
        var key = Mint("ada");
        using var client = host.With(key);
        using (await client.GetAsync("/flags")) { }

        File.Delete(host.Keys.Path);

        await AssertUnauthorizedAsync(key, "key-unknown");
        using var anybody = host.With(null);
        using var answer = await anybody.GetAsync("/flags");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task FailedKeys_TooManyFromOneAddress_AreToldToWaitAndAValidKeyIsStillLetIn()
    {
        var valid = host.As("ada");
        using var client = host.With(Foreign);
        for (var failure = 1; failure <= FailedKeys.PerMinute; failure++)
            using (var answer = await client.GetAsync("/flags"))
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);

        using var last = await client.GetAsync("/flags");

        Assert.Equal((HttpStatusCode.TooManyRequests, "too-many-failed-keys"), (last.StatusCode, (await RunningHost.ProblemAsync(last)).Code));
        Assert.InRange(last.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        using var let = await valid.GetAsync("/flags");
        Assert.Equal(HttpStatusCode.OK, let.StatusCode);
    }

    [Fact]
    public async Task Health_WithoutAKey_SaysNoMoreThanWhetherItLives()
    {
        host.Services.GetRequiredService<RolloutDatabase>().Dispose();
        var reader = host.As("olga", KeyRole.Reader);
        using var anybody = host.With(null);

        using var open = await anybody.GetAsync("/health");
        using var known = await reader.GetAsync("/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, open.StatusCode);
        Assert.Empty((await open.Content.ReadFromJsonAsync<HealthReport>(ApiJson.Options))!.Problems);
        Assert.NotEmpty((await known.Content.ReadFromJsonAsync<HealthReport>(ApiJson.Options))!.Problems);
    }

    private string Mint(string person) => host.Keys.Add(new KeyOwner(person, IsService: false), KeyRole.Operator).Text;

    private async Task AssertUnauthorizedAsync(string key, string code)
    {
        using var client = host.With(key);
        using var answer = await client.GetAsync("/flags");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(code, (await RunningHost.ProblemAsync(answer)).Code);
        Assert.DoesNotContain(key, text, StringComparison.Ordinal);
        Assert.DoesNotContain(key[4..12], text, StringComparison.Ordinal);
    }
}
