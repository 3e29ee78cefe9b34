using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /health</c>: whether the server can do its work.</summary>
internal sealed class GetHealth(HostSettings settings, StartReport start, TimeProvider time) : HttpTrigger
{
    private static readonly string Version = typeof(GetHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    public override string Method => HttpMethods.Get;

    public override string Route => "health";

    public override Task RunAsync(HttpContext http) => AnswerAsync(http, new HealthReport
    {
        Status = "healthy",
        Version = Version,
        Now = time.GetUtcNow(),
        StartedAt = start.StartedAt,
        TimeCompressionAllowed = settings.AllowTimeCompression,
    });
}
