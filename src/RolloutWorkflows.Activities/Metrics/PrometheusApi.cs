using System.Globalization;
using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>The two calls of Prometheus' HTTP API that rollouts need, for it and for what speaks like it (Thanos, Mimir, VictoriaMetrics). What goes wrong is an <see cref="OutboundException"/>.</summary>
internal sealed class PrometheusApi(PrometheusHttpSource source, SourceHttp http)
{
    /// <summary>Evaluates a query for now, on the server's clock. Posted as a form, so that its length does not matter.</summary>
    public async Task<PrometheusVector> QueryAsync(string query, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf("api/v1/query"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["query"] = query,
                ["timeout"] = string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, source.Timeout.TotalMilliseconds):0}ms"),
            }),
        };
        var (data, answer, note) = await SendAsync(request, cancellation);
        var type = data.GetProperty("resultType").GetString();
        var result = data.GetProperty("result");
        return type switch
        {
            "vector" => new PrometheusVector([.. result.EnumerateArray().Select(series => ReadSeries(series.GetProperty("metric"), series.GetProperty("value"), answer))], note),
            "scalar" => new PrometheusVector([ReadSeries(default, result, answer)], note),
            "matrix" => throw new OutboundException("the query gives a range of samples (a matrix) where one number is needed; put a function over the range, such as rate(…), avg_over_time(…) or last_over_time(…)"),
            _ => throw new OutboundException($"the query gives a {type} where one number is needed"),
        };
    }

    public async Task<IReadOnlyList<Alert>> AlertsAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf("api/v1/alerts"));
        var (data, answer, _) = await SendAsync(request, cancellation);
        return [.. data.GetProperty("alerts").EnumerateArray().Select(alert =>
        {
            var labels = LabelsOf(alert.GetProperty("labels"), answer);
            return new Alert
            {
                Name = labels.GetValueOrDefault("alertname", "(without a name)"),
                Firing = alert.GetProperty("state").GetString() == "firing",
                Labels = labels,
                ActiveAt = alert.TryGetProperty("activeAt", out var since) && since.TryGetDateTimeOffset(out var at) ? at : null,
            };
        })];
    }

    private Uri AddressOf(string path) => new(source.Url.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/" + path);

    private async Task<(JsonElement Data, SourceAnswer Answer, string Note)> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var answer = await http.SendAsync(source, request, cancellation);
        try
        {
            var root = JsonSerializer.Deserialize<JsonElement>(answer.Body);
            if (root.GetProperty("status").GetString() != "success") throw Explain(answer, root);
            return (root.GetProperty("data"), answer, NoteOf(root, answer));
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw answer.IsSuccess ? new OutboundException("the answer is not one of Prometheus' HTTP API; the address must be the one below which /api/v1/query answers") : SourceHttp.Refused(answer.Status);
        }
    }

    private static OutboundException Explain(SourceAnswer answer, JsonElement root)
    {
        var words = answer.Quote(root.GetProperty("error").GetString() ?? "");
        return new OutboundException(answer.Status switch
        {
            400 or 422 => $"the query was refused: {words}",
            401 or 403 => $"{SourceHttp.Refused(answer.Status).Message} ({words})",
            var status => $"the answer was {status}: {words}",
        });
    }

    private static string NoteOf(JsonElement root, SourceAnswer answer)
    {
        var said = new[] { "warnings", "infos" }
            .SelectMany(key => root.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(entry => entry.GetString()) : [])
            .OfType<string>().ToList();
        return said.Count == 0 ? "" : "the source says: " + answer.Quote(string.Join("; ", said));
    }

    private static PrometheusSeries ReadSeries(JsonElement labels, JsonElement pair, SourceAnswer answer)
    {
        var text = pair[1].GetString() ?? "";
        var at = DateTimeOffset.UnixEpoch.AddSeconds(pair[0].GetDouble());
        return new PrometheusSeries(labels.ValueKind == JsonValueKind.Object ? LabelsOf(labels, answer) : new Dictionary<string, string>(), NumberOf(text), at);
    }

    private static double NumberOf(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static Dictionary<string, string> LabelsOf(JsonElement labels, SourceAnswer answer) =>
        labels.EnumerateObject().ToDictionary(label => label.Name, label => answer.Quote(label.Value.GetString() ?? ""), StringComparer.Ordinal);
}
