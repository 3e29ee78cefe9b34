using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /api/rollouts/{id}/measurements</c>: every measurement of a run, by grid time.</summary>
[Operation("Every measurement of a run, by grid time.", Gives = typeof(IReadOnlyList<MeasurementRow>), Query = ["attempt", "stage", "guardrail", "after", "top"])]
internal sealed class ListMeasurements(RunReader reader, IMeasurementStore measurements) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "api/rollouts/{id}/measurements";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http)
    {
        var runId = RouteValue(http, "id");
        await reader.RequireAsync(runId, http.RequestAborted);
        var attempt = Query.Number(http.Request, "attempt", standard: 0, minimum: 0, maximum: int.MaxValue);
        await AnswerAsync(http, await measurements.ReadAsync(new MeasurementQuery
        {
            RunId = runId,
            Stage = Query.Text(http.Request, "stage"),
            Attempt = attempt == 0 ? null : attempt,
            Guardrail = Query.Text(http.Request, "guardrail"),
            After = Query.Moment(http.Request, "after"),
            Limit = Query.Number(http.Request, "top", standard: 1000, minimum: 1, maximum: 10_000),
        }, http.RequestAborted));
    }
}
