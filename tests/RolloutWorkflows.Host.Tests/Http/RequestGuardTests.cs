using System.Net;
using System.Text;

namespace RolloutWorkflows.Host.Tests.Http;

public sealed class RequestGuardTests : IAsyncLifetime
{
    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync();

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Health_FromThisMachine_IsHealthy() =>
        Assert.Equal("healthy", (await host.GetJsonAsync("/health")).GetProperty("status").GetString());

    [Theory]
    [InlineData("Host", "attacker.example")]
    [InlineData("Origin", "http://attacker.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Request_FromElsewhere_IsForbidden(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("forbidden", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Fact]
    public async Task Post_AsForm_IsUnsupportedMediaType()
    {
        using var body = new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded");

        using var answer = await host.Http.PostAsync("/api/rollouts", body);

        Assert.Equal("not-json", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Fact]
    public async Task Request_UnknownRoute_IsAProblem()
    {
        using var answer = await host.Http.GetAsync("/api/nothing");

        var problem = await RunningHost.ProblemAsync(answer);
        Assert.Equal((404, "no-such-route"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task Request_WrongMethod_IsAProblem()
    {
        using var answer = await host.Http.DeleteAsync("/health");

        var problem = await RunningHost.ProblemAsync(answer);
        Assert.Equal((405, "method-not-allowed"), (problem.Status, problem.Code));
    }
}
