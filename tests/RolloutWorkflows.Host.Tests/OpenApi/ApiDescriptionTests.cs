using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace RolloutWorkflows.Host.Tests.OpenApi;

public sealed partial class ApiDescriptionTests
{
    [Fact]
    public async Task Document_OfARunningServer_IsValidAndNamesEveryRoute()
    {
        await using var host = await RunningHost.StartAsync();
        var text = await host.Http.GetStringAsync("/openapi.json");

        var read = OpenApiDocument.Parse(text, "json");

        Assert.Empty(read.Diagnostic!.Errors);
        var routes = read.Document!.Paths.SelectMany(path => path.Value.Operations!.Keys.Select(method => $"{method} {path.Key}"));
        var triggers = host.Services.GetServices<HttpTrigger>().Select(trigger => $"{trigger.Method} /{trigger.Route.Replace("?}", "}", StringComparison.Ordinal)}");
        Assert.Equal(triggers.Order(StringComparer.Ordinal), routes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_DescribesBodiesAsTheyAreOnTheWire()
    {
        await using var host = await RunningHost.StartAsync();
        var document = await host.GetJsonAsync("/openapi.json");

        var start = document.GetProperty("paths").GetProperty("/api/rollouts").GetProperty("post");
        var schemas = document.GetProperty("components").GetProperty("schemas");

        Assert.Equal("#/components/schemas/StartRolloutRequest", start.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString());
        Assert.True(start.GetProperty("responses").TryGetProperty("201", out _));
        Assert.True(schemas.GetProperty("StartRolloutRequest").GetProperty("properties").TryGetProperty("as", out _));
        Assert.Contains("approval", schemas.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("awaitingApproval", schemas.GetRawText(), StringComparison.Ordinal);
        Assert.NotEmpty(start.GetProperty("security").EnumerateArray());
    }

    /// <summary>What a trigger reads of the query is what its description says.</summary>
    [Fact]
    public async Task Triggers_QueryParameters_AreDescribed()
    {
        await using var host = await RunningHost.StartAsync();
        var sources = Directory.EnumerateFiles(Repository.PathOf("src", "RolloutWorkflows.Host", "Triggers"), "*.cs", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);

        Assert.All(host.Services.GetServices<HttpTrigger>(), trigger =>
        {
            var read = QueryName().Matches(sources[trigger.GetType().Name]).Select(match => match.Groups[1].Value);
            if (sources[trigger.GetType().Name].Contains("InstanceStatuses.Of", StringComparison.Ordinal)) read = read.Append("runtimeStatus");
            Assert.Equal(read.Distinct().Order(StringComparer.Ordinal), trigger.GetType().GetCustomAttribute<OperationAttribute>()!.Query.Order(StringComparer.Ordinal));
        });
    }

    [GeneratedRegex("""Query\.\w+\([^"]*?"(\w+)"[,)]""")]
    private static partial Regex QueryName();
}
