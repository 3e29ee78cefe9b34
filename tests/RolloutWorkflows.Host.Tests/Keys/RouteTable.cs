using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace RolloutWorkflows.Host.Tests.Keys;

/// <summary>Every route of a server as the server itself maps it, so that no list in a test can forget one.</summary>
internal static class RouteTable
{
    public static IReadOnlyList<RouteEndpoint> Of(RunningHost host) =>
        [.. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>The triggers whose declaration is this one.</summary>
    public static IReadOnlyList<HttpTrigger> Triggers(RunningHost host, Func<Permission, bool> needs) =>
        [.. host.Services.GetServices<HttpTrigger>().Where(trigger => needs(trigger.Needs))];

    /// <summary>A request to a trigger's route, with names that nothing has.</summary>
    public static HttpRequestMessage Request(HttpTrigger trigger)
    {
        var path = new StringBuilder();
        foreach (var part in trigger.Route.Split('/')) path.Append('/').Append(part.StartsWith('{') ? "absent" : part);
        var request = new HttpRequestMessage(new HttpMethod(trigger.Method), path.ToString());
        if (!HttpMethods.IsGet(trigger.Method)) request.Content = new StringContent(trigger.MediaType == HttpTrigger.Form ? "a=b" : "{}", Encoding.UTF8, trigger.MediaType);
        return request;
    }
}
