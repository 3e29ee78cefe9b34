using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary><c>POST /api/playbooks/{playbook}/metrics/{metric}/test</c>: measures a metric of the catalog once, as a guardrail would.</summary>
[Operation("Measures a metric of the catalog once, as a guardrail would.", Gives = typeof(MetricTestAnswer))]
internal sealed class TestMetric(PlaybookCatalog catalog, IMetricTrial trial) : HttpTrigger
{
    public override string Method => HttpMethods.Post;

    public override string Route => "api/playbooks/{playbook}/metrics/{metric}/test";

    public override Permission Needs => Permission.Operate;

    public override async Task RunAsync(HttpContext http)
    {
        var playbook = catalog.Require(RouteValue(http, "playbook")).Playbook!;
        var name = RouteValue(http, "metric");
        if (!playbook.Metrics.TryGetValue(name, out var metric))
        {
            var known = playbook.Metrics.Count == 0 ? "it has none" : string.Join(", ", playbook.Metrics.Keys);
            throw Problems.Of(404, "metric-not-found", "There is no such metric", $"{playbook.Name} has no metric '{name}'; known: {known}.", "Name one of the playbook's metrics.");
        }

        var result = await trial.MeasureAsync(playbook, name, http.RequestAborted);
        await AnswerAsync(http, new MetricTestAnswer
        {
            Playbook = playbook.Name,
            Metric = name,
            Source = metric.Source,
            Query = metric.Query ?? metric.Value ?? "",
            SamplesQuery = metric.SamplesQuery ?? metric.Samples,
            Kind = result.Reading.Kind,
            Value = result.Reading.Value,
            Samples = result.Reading.Samples,
            Reason = result.Reading.Reason,
            Note = result.Reading.Note,
            Took = result.Took,
            Guardrails = result.Guardrails,
        });
    }
}
