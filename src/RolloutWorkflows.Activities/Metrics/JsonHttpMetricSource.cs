using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Reads metrics from a JSON document over HTTP: one request, however many metrics.</summary>
internal sealed class JsonHttpMetricSource(JsonHttpSource source, SourceHttp http) : IMetricSource
{
    public async Task<IReadOnlyDictionary<string, MetricReading>> ReadAsync(IReadOnlyDictionary<string, Metric> metrics, CancellationToken cancellation = default)
    {
        try
        {
            using var document = await FetchAsync(cancellation);
            return metrics.ToDictionary(metric => metric.Key, metric => Read(document.RootElement, metric.Value));
        }
        catch (OutboundException failure)
        {
            return metrics.ToDictionary(metric => metric.Key, _ => MetricReading.Error(failure.Message));
        }
    }

    public async Task<string?> ProbeAsync(CancellationToken cancellation = default)
    {
        try
        {
            using var document = await FetchAsync(cancellation);
            return null;
        }
        catch (OutboundException failure)
        {
            return failure.Message;
        }
    }

    private async Task<JsonDocument> FetchAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, source.Url);
        var answer = await http.SendAsync(source, request, cancellation);
        if (!answer.IsSuccess) throw SourceHttp.Refused(answer.Status);
        try
        {
            return JsonDocument.Parse(answer.Body);
        }
        catch (JsonException)
        {
            throw new OutboundException("the answer was not JSON");
        }
    }

    private static MetricReading Read(JsonElement root, Metric metric)
    {
        if (metric.Value is not { } path) return MetricReading.Error("the metric states no value: a JSON source needs the dotted path of a number");
        var value = JsonPath.Number(root, path);
        if (value is not { Kind: MetricReadingKind.Value, Value: { } number }) return value;
        var samples = metric.Samples is { } samplesPath ? JsonPath.Number(root, samplesPath) : null;
        return samples is { Kind: MetricReadingKind.Error } ? samples : MetricReading.Of(number, Countable(samples?.Value));
    }

    private static double? Countable(double? samples) => samples is { } count && double.IsNaN(count) ? null : samples;
}
