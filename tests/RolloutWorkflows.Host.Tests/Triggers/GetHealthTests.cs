using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;

namespace RolloutWorkflows.Host.Tests.Triggers;

public sealed class GetHealthTests
{
    [Fact]
    public async Task Health_DataCanBeRead_IsHealthy()
    {
        await using var host = await RunningHost.StartAsync();

        var health = (await host.Http.GetFromJsonAsync<HealthReport>("/health", ApiJson.Options))!;

        Assert.Equal(("healthy", false), (health.Status, health.TimeCompressionAllowed));
        Assert.Empty(health.Problems);
    }

    [Fact]
    public async Task Health_DataCannotBeRead_IsUnhealthyAndSaysWhy()
    {
        await using var host = await RunningHost.StartAsync();
        host.Services.GetRequiredService<RolloutDatabase>().Dispose();

        using var answer = await host.Http.GetAsync("/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var health = (await answer.Content.ReadFromJsonAsync<HealthReport>(ApiJson.Options))!;
        Assert.Contains("the data cannot be read", Assert.Single(health.Problems), StringComparison.Ordinal);
    }
}
