using System.Net;
using System.Net.Http.Json;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host.Tests.Triggers;

public sealed class FlagTriggersTests : IAsyncLifetime
{
    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync();

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Put_Percent_CreatesFlagAndAuditsThePerson()
    {
        var changed = await ChangeAsync("bar", new { @as = "ada", reason = "by hand", percent = 12.5 });

        Assert.True(changed.Changed);
        Assert.Null(changed.Before);
        var details = await ReadAsync<FlagDetails>("/flags/bar");
        Assert.Equal((12.5, "ada"), (details.Flag.Percent, details.Flag.UpdatedBy));
        Assert.Equal(("ada", "by hand"), (Assert.Single(details.Audit).Actor, details.Audit[0].Reason));
    }

    [Fact]
    public async Task Put_CanaryAndOff_AreOneChange()
    {
        await ChangeAsync("bar", new { @as = "ada", percent = 0, canary = new { users = new[] { "u1", "u2" }, enabled = true } });
        await ChangeAsync("bar", new { @as = "ada", canary = new { add = new[] { "u3" }, remove = new[] { "u1" } } });

        var flag = (await ReadAsync<FlagDetails>("/flags/bar")).Flag;

        Assert.Equal(["u2", "u3"], flag.Canary.Users);
        Assert.True((await ReadAsync<FlagExplanation>("/flags/bar/evaluate?user=u3")).Value);
        Assert.False((await ReadAsync<FlagExplanation>("/flags/bar/evaluate?user=u1")).Value);
    }

    [Fact]
    public async Task Evaluate_KnownUser_TellsBucketAndReason()
    {
        await ChangeAsync("new-checkout", new { @as = "ada", percent = 30 });

        var explanation = await ReadAsync<FlagExplanation>("/flags/new-checkout/evaluate?user=alice");

        // flagd's known answer for this flag and user is the hash 873940884, which is 20.348 of 100.
        Assert.Equal((true, 30d, FlagReason.Percentage), (explanation.Value, explanation.Percent, explanation.Reason));
        Assert.Equal(20_348, explanation.Bucket);
    }

    [Theory]
    [InlineData("""{"as":"ada"}""", "bad-request", "changes nothing")]
    [InlineData("""{"as":"ada","percent":101}""", "bad-request", "expected 0 to 100")]
    [InlineData("""{"as":"ada","percnt":1}""", "bad-request", "'percnt' is not a member")]
    [InlineData("""{"as":"ada","percent":"ten"}""", "bad-request", "at $.percent")]
    [InlineData("""{"as":"ada",""", "bad-request", "The body, line 1")]
    [InlineData("null", "bad-request", "The body is null")]
    public async Task Put_BadBody_IsAProblemThatHelps(string body, string code, string says)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await host.Http.PutAsync("/flags/bar", content);

        var problem = await RunningHost.ProblemAsync(answer);
        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, problem.Code));
        Assert.Contains(says, problem.Detail, StringComparison.Ordinal);
        Assert.NotNull(problem.Remedy);
        Assert.Equal("healthy", (await host.GetJsonAsync("/health")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Put_HugeBody_IsRefusedAndTheServerGoesOn()
    {
        using var content = new StringContent("{\"as\":\"" + new string('x', JsonBody.MaximumBytes) + "\"}", System.Text.Encoding.UTF8, "application/json");

        using var answer = await host.Http.PutAsync("/flags/bar", content);

        Assert.Equal("body-too-large", (await RunningHost.ProblemAsync(answer)).Code);
        Assert.Equal("healthy", (await host.GetJsonAsync("/health")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Put_PercentOnBooleanFlag_IsRefused()
    {
        await ChangeAsync("captions", new { @as = "ada", enabled = true });

        using var answer = await host.Http.PutAsJsonAsync("/flags/captions", new { @as = "ada", percent = 10 });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("is a boolean flag", (await RunningHost.ProblemAsync(answer)).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/flags/absent")]
    [InlineData("/flags/absent/evaluate?user=ada")]
    public async Task Get_UnknownFlag_IsNotFound(string path)
    {
        using var answer = await host.Http.GetAsync(path);

        Assert.Equal("flag-not-found", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Fact]
    public async Task StatusJson_ShowsFlagsWithoutNamingUsers()
    {
        await ChangeAsync("bar", new { @as = "ada", percent = 10, canary = new { users = new[] { "secret-user" }, enabled = true } });

        var text = await host.Http.GetStringAsync("/status.json");

        Assert.DoesNotContain("secret-user", text, StringComparison.Ordinal);
        var flag = Assert.Single((await ReadAsync<LiveStatus>("/status.json")).Flags);
        Assert.Equal(("bar", 10d, true, 1), (flag.Name, flag.Percent, flag.Canary, flag.CanaryUsers));
    }

    private async Task<T> ReadAsync<T>(string path) => (await host.Http.GetFromJsonAsync<T>(path, ApiJson.Options))!;

    private async Task<FlagChanged> ChangeAsync(string flag, object body)
    {
        using var answer = await host.Http.PutAsJsonAsync($"/flags/{flag}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<FlagChanged>(ApiJson.Options))!;
    }
}
