using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /status.json</c>: what is being rolled out now, and how far.</summary>
[Operation("What is being rolled out now, and how far.", Gives = typeof(LiveStatus))]
internal sealed class GetLiveStatus(RunReader reader, IFlagStore flags, TimeProvider time) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "status.json";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http)
    {
        var live = await reader.LiveAsync(http.RequestAborted);
        await AnswerAsync(http, new LiveStatus
        {
            Now = time.GetUtcNow(),
            Rollouts = [.. live.Select(RunReader.Summarise)],
            Flags = [.. (await flags.ListAsync(http.RequestAborted)).Select(Summarise)],
        });
    }

    private static LiveFlag Summarise(FlagState flag) => new()
    {
        Name = flag.Name,
        Enabled = flag.Enabled,
        Percent = !flag.Enabled ? 0 : flag.Kind == FlagKind.Boolean ? 100 : flag.Percent,
        Canary = flag.Enabled && flag.Canary.Enabled,
        CanaryUsers = flag.Canary.Users.Count,
        UpdatedAt = flag.UpdatedAt,
    };
}
