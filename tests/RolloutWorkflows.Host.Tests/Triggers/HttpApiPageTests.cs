using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace RolloutWorkflows.Host.Tests.Triggers;

public sealed partial class HttpApiPageTests
{
    [Fact]
    public async Task Page_OfTheHttpApi_NamesEveryRouteAndNoOther()
    {
        await using var host = await RunningHost.StartAsync();
        var routes = host.Services.GetServices<HttpTrigger>().Select(trigger => $"{trigger.Method} /{trigger.Route}");

        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "http-api.md"));

        Assert.Equal(routes.Order(StringComparer.Ordinal), Heading().Matches(page).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Page_OfTheHttpApi_NamesEveryProblemCode()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "http-api.md"));
        var sources = Directory.EnumerateFiles(Repository.PathOf("src", "RolloutWorkflows.Host"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);

        var codes = sources.SelectMany(source => Code().Matches(source)).Select(match => match.Groups[1].Value + match.Groups[2].Value).ToHashSet(StringComparer.Ordinal);

        Assert.Contains("run-not-found", codes);
        Assert.All(codes.Where(code => code != "refused"), code => Assert.Contains($"`{code}`", page, StringComparison.Ordinal));
    }

    [GeneratedRegex("^### ((?:GET|POST|PUT|DELETE) /.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("""(?:Of\((?:StatusCodes\.\w+|\d{3}), |Unauthorized\()"([a-z-]+)"|Code = "([a-z-]+)",""")]
    private static partial Regex Code();
}
