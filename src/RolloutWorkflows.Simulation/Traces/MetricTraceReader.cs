using System.Globalization;
using System.Text.Json;

namespace RolloutWorkflows.Simulation;

/// <summary>
/// Reads recorded metrics: a table with a column <c>time</c> and one column per metric, as CSV or as a JSON list of objects.
/// A column <c>METRIC.samples</c> holds how many samples stand behind the metric's values; an empty cell is no value.
/// </summary>
public static class MetricTraceReader
{
    private const string Time = "time";
    private const string SamplesSuffix = ".samples";

    /// <param name="text">The file's text.</param>
    /// <param name="fileName">How problems name it; JSON where it ends in <c>.json</c>, CSV otherwise.</param>
    /// <exception cref="MetricTraceException">The text cannot be read; the message says where.</exception>
    public static MetricTrace Read(string text, string fileName) =>
        ToTrace(fileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? ReadJson(text, fileName) : ReadCsv(text, fileName));

    private static MetricTrace ToTrace(IEnumerable<(string Where, IReadOnlyDictionary<string, string> Cells)> rows)
    {
        var series = new Dictionary<string, List<TraceSample>>(StringComparer.Ordinal);
        foreach (var (where, cells) in rows)
        {
            if (!cells.TryGetValue(Time, out var written)) throw new MetricTraceException($"{where}: there is no '{Time}'; expected a column or member of that name, such as 2026-03-02T09:00:00Z");
            var at = Moment(where, written);
            foreach (var (name, cell) in cells.Where(cell => cell.Key != Time && !cell.Key.EndsWith(SamplesSuffix, StringComparison.Ordinal) && cell.Value.Length > 0))
            {
                var samples = cells.TryGetValue(name + SamplesSuffix, out var count) && count.Length > 0 ? Number($"{where}, {name}{SamplesSuffix}", count) : (double?)null;
                if (!series.TryGetValue(name, out var values)) series[name] = values = [];
                values.Add(new TraceSample(at, Number($"{where}, {name}", cell), samples));
            }
        }

        return new MetricTrace(series.ToDictionary(metric => metric.Key, metric => (IReadOnlyList<TraceSample>)metric.Value));
    }

    private static IEnumerable<(string Where, IReadOnlyDictionary<string, string> Cells)> ReadCsv(string text, string fileName)
    {
        string[]? header = null;
        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            number++;
            if (line.Length == 0) continue;
            var cells = line.Split(',').Select(cell => cell.Trim().Trim('"')).ToArray();
            if (header is null)
            {
                header = cells;
                continue;
            }

            if (cells.Length != header.Length) throw new MetricTraceException($"{fileName}:{number}: expected {header.Length} cells as in the first line, got {cells.Length}");
            yield return ($"{fileName}:{number}", header.Zip(cells).GroupBy(cell => cell.First).ToDictionary(cell => cell.Key, cell => cell.Last().Second));
        }
    }

    private static IEnumerable<(string Where, IReadOnlyDictionary<string, string> Cells)> ReadJson(string text, string fileName)
    {
        JsonElement root;
        try
        {
            root = JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException broken)
        {
            throw new MetricTraceException($"{fileName}:{broken.LineNumber + 1}: is no JSON: {broken.Message}");
        }

        if (root.ValueKind != JsonValueKind.Array) throw new MetricTraceException($"{fileName}: expected a list of objects such as {{ \"time\": \"2026-03-02T09:00:00Z\", \"error-rate\": 0.01 }}, got {root.ValueKind}");
        var number = 0;
        foreach (var row in root.EnumerateArray())
        {
            var where = $"{fileName}, entry {++number}";
            if (row.ValueKind != JsonValueKind.Object) throw new MetricTraceException($"{where}: expected an object, got {row.ValueKind}");
            yield return (where, row.EnumerateObject().GroupBy(cell => cell.Name).ToDictionary(cell => cell.Key, cell => cell.Last().Value.ValueKind == JsonValueKind.Null ? "" : cell.Last().Value.ToString()));
        }
    }

    private static DateTimeOffset Moment(string where, string text)
    {
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)) return moment;
        // As Prometheus writes it.
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e11) return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        throw new MetricTraceException($"{where}: '{text}' is no moment; expected one such as 2026-03-02T09:00:00Z, or seconds since 1970");
    }

    private static double Number(string where, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw new MetricTraceException($"{where}: '{text}' is no number; leave the cell empty where nothing was measured");
}
