using Microsoft.AspNetCore.Http;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Host;

/// <summary><c>GET …/instances</c>: instances, oldest first; the next page's token goes and comes in a header.</summary>
[Operation("Orchestration instances, oldest first.", Gives = typeof(IReadOnlyList<InstanceDetails>), Query = ["showInput", "createdTimeFrom", "createdTimeTo", "runtimeStatus", "instanceIdPrefix", "top"], Headers = ["x-ms-continuation-token"])]
internal sealed class ListInstances(DurableTaskClient client, InstanceReader reader) : InstanceTrigger(client)
{
    private const string TokenHeader = "x-ms-continuation-token";

    public override string Method => HttpMethods.Get;

    public override string Route => $"{Base}/instances";

    public override async Task RunAsync(HttpContext http)
    {
        var request = http.Request;
        var input = Query.Flag(request, "showInput", standard: true);
        var filter = new OrchestrationQuery(
            Query.Moment(request, "createdTimeFrom"), Query.Moment(request, "createdTimeTo"), InstanceStatuses.Of(request),
            InstanceIdPrefix: Query.Text(request, "instanceIdPrefix"),
            PageSize: Query.Number(request, "top", OrchestrationQuery.DefaultPageSize, 1, 1000),
            FetchInputsAndOutputs: true,
            ContinuationToken: request.Headers[TokenHeader].FirstOrDefault() is { Length: > 0 } token ? token : null);
        var page = await FirstPageAsync(filter, http.RequestAborted);
        if (page?.ContinuationToken is { } next) http.Response.Headers[TokenHeader] = next;
        var list = new List<InstanceDetails>();
        foreach (var instance in page?.Values ?? []) list.Add(await reader.DetailsAsync(instance, input, history: false, outputs: false, http.RequestAborted));
        await AnswerAsync(http, list);
    }

    private async Task<DurableTask.Page<OrchestrationMetadata>?> FirstPageAsync(OrchestrationQuery filter, CancellationToken cancellation)
    {
        try
        {
            await foreach (var page in Client.GetAllInstancesAsync(filter).AsPages(filter.ContinuationToken).WithCancellation(cancellation)) return page;
            return null;
        }
        catch (Exception error) when (error is ArgumentException or FormatException && filter.ContinuationToken is not null)
        {
            throw Problems.BadRequest($"{TokenHeader} is '{filter.ContinuationToken}', which no earlier page gave.", "Leave it out for the first page.");
        }
    }
}
