using System.Reflection;
using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /health</c>: whether the server can do its work, and which runs the engine has had to set aside.</summary>
[Operation("Whether the server can do its work.", Gives = typeof(HealthReport))]
internal sealed class GetHealth(HostSettings settings, StartReport start, IFlagStore flags, IOrchestrationAdministration engine, TimeProvider time) : HttpTrigger
{
    private const int MostShown = 20;

    private static readonly string Version = typeof(GetHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    public override string Method => HttpMethods.Get;

    public override string Route => "health";

    public override Permission Needs => Permission.None;

    public override async Task RunAsync(HttpContext http)
    {
        var (works, problems) = await LookAsync(http.RequestAborted);
        await AnswerAsync(http, new HealthReport
        {
            Status = works ? "healthy" : "unhealthy",
            Version = Version,
            Now = time.GetUtcNow(),
            StartedAt = start.StartedAt,
            TimeCompressionAllowed = settings.AllowTimeCompression,
            // Run names and reasons are for those who may read; a probe needs the status only.
            Problems = CallerOf(http).May >= Permission.Read ? problems : [],
        }, works ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<(bool Works, IReadOnlyList<string> Problems)> LookAsync(CancellationToken cancellation)
    {
        try
        {
            await flags.ListAsync(cancellation);
            var problems = new List<string>();
            await foreach (var parked in engine.GetParkedInstancesAsync(MostShown).WithCancellation(cancellation))
            {
                problems.Add($"{parked.InstanceId} is parked: {parked.ParkedReason}");
                if (problems.Count == MostShown) break;
            }

            return (true, problems);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A probe must get an answer above all when something is broken.
            return (false, [$"the data cannot be read: {error.Message}"]);
        }
    }
}
