using Microsoft.AspNetCore.Http;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Host;

/// <summary><c>GET …/instances/{id}</c>: where an instance stands; 202 while it goes on, 200 once it has ended.</summary>
[Operation("Where an orchestration instance stands.", Gives = typeof(InstanceDetails), Query = ["showHistory", "showHistoryOutput", "showInput", "returnInternalServerErrorOnFailure"])]
internal sealed class GetInstance(DurableTaskClient client, InstanceReader reader) : InstanceTrigger(client)
{
    public override string Method => HttpMethods.Get;

    public override string Route => $"{Base}/instances/{{id}}";

    public override async Task RunAsync(HttpContext http)
    {
        var request = http.Request;
        var (history, outputs) = (Query.Flag(request, "showHistory"), Query.Flag(request, "showHistoryOutput"));
        var input = Query.Flag(request, "showInput", standard: true);
        var failedIsError = Query.Flag(request, "returnInternalServerErrorOnFailure");
        var instance = await RequireAsync(http, payloads: true);
        var details = await reader.DetailsAsync(instance, input, history, outputs, http.RequestAborted);
        if (!instance.IsCompleted)
        {
            http.Response.Headers.Location = $"/{Base}/instances/{Uri.EscapeDataString(instance.InstanceId)}";
            http.Response.Headers.RetryAfter = "5";
        }

        await AnswerAsync(http, details, instance switch
        {
            { IsCompleted: false } => StatusCodes.Status202Accepted,
            { RuntimeStatus: OrchestrationRuntimeStatus.Failed } when failedIsError => StatusCodes.Status500InternalServerError,
            _ => StatusCodes.Status200OK,
        });
    }
}
