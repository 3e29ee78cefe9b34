using System.Globalization;
using System.Text.Json;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

/// <summary>One value of a step's configuration as read from JSON: the value, or what was expected instead.</summary>
internal readonly record struct StepValue(object? Value, string? Expected)
{
    /// <summary>Reads a value by its parameter's type and bounds.</summary>
    public static StepValue Read(JsonElement given, StepParameter parameter) => parameter.Type switch
    {
        StepParameterType.Number => InBounds(Number(given), parameter, "a number"),
        StepParameterType.Integer => Integer(given, parameter),
        StepParameterType.Percent => InBounds(Percent(given), parameter with { Minimum = parameter.Minimum ?? 0, Maximum = parameter.Maximum ?? 100 }, "a percentage"),
        StepParameterType.Boolean => given.ValueKind is JsonValueKind.True or JsonValueKind.False ? new(given.GetBoolean(), null) : Wanted("true or false"),
        StepParameterType.Duration => given.ValueKind == JsonValueKind.String && PlaybookDuration.TryParse(given.GetString(), out var duration) ? new(duration, null) : Wanted("a duration such as 30s or 10m"),
        StepParameterType.Url => Url(given),
        StepParameterType.StringList or StepParameterType.FileList or StepParameterType.MetricNameList or StepParameterType.ChannelNameList or StepParameterType.AddresseeList => Strings(given),
        StepParameterType.StringMap => StringMap(given),
        StepParameterType.ApproverList => Approvers(given),
        StepParameterType.Baseline => Baseline(given),
        StepParameterType.Any => new(given.Clone(), null),
        _ => Text(given, parameter),
    };

    private static StepValue Wanted(string expected) => new(null, expected);

    private static StepValue Text(JsonElement given, StepParameter parameter)
    {
        if (given.ValueKind != JsonValueKind.String) return Wanted("a text");
        var text = given.GetString()!;
        if (parameter.Values.Count > 0 && !parameter.Values.Contains(text)) return Wanted("one of " + string.Join(", ", parameter.Values));
        return parameter.Required && text.Length == 0 ? Wanted("a text that is not empty") : new(text, null);
    }

    private static double? Number(JsonElement given) => given.ValueKind == JsonValueKind.Number ? given.GetDouble() : null;

    private static double? Percent(JsonElement given) =>
        given.ValueKind == JsonValueKind.String && given.GetString()!.TrimEnd() is { Length: > 1 } text && text[^1] == '%'
            && double.TryParse(text.AsSpan(0, text.Length - 1).TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            ? percent
            : Number(given);

    private static StepValue Integer(JsonElement given, StepParameter parameter)
    {
        if (given.ValueKind != JsonValueKind.Number || !given.TryGetInt32(out var number)) return Wanted("a whole number" + Bounds(parameter));
        return number < parameter.Minimum || number > parameter.Maximum ? Wanted("a whole number" + Bounds(parameter)) : new(number, null);
    }

    private static StepValue InBounds(double? number, StepParameter parameter, string what) =>
        number is { } value && double.IsFinite(value) && !(value < parameter.Minimum) && !(value > parameter.Maximum)
            ? new(value, null)
            : Wanted(what + Bounds(parameter));

    private static string Bounds(StepParameter parameter) => (parameter.Minimum, parameter.Maximum) switch
    {
        ({ } minimum, { } maximum) => string.Create(CultureInfo.InvariantCulture, $" from {minimum} to {maximum}"),
        ({ } minimum, null) => string.Create(CultureInfo.InvariantCulture, $" of at least {minimum}"),
        (null, { } maximum) => string.Create(CultureInfo.InvariantCulture, $" of at most {maximum}"),
        _ => "",
    };

    private static StepValue Url(JsonElement given) =>
        given.ValueKind == JsonValueKind.String && Uri.TryCreate(given.GetString(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url.UserInfo.Length == 0 ? new(url, null) : Wanted("an address without a user or password in it")
            : Wanted("an absolute http or https address");

    private static StepValue Strings(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Array || given.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)) return Wanted("a list of texts");
        return new((IReadOnlyList<string>)[.. given.EnumerateArray().Select(item => item.GetString()!)], null);
    }

    private static StepValue StringMap(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object || given.EnumerateObject().Any(pair => pair.Value.ValueKind != JsonValueKind.String)) return Wanted("names with texts");
        return new((IReadOnlyDictionary<string, string>)given.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!), null);
    }

    private static StepValue Baseline(JsonElement given) =>
        given.ValueKind == JsonValueKind.Object && given.EnumerateObject().ToList() is [{ Name: "capture" or "metric", Value.ValueKind: JsonValueKind.String } only]
            ? new(only.Name == "capture" ? new Baseline { Capture = only.Value.GetString() } : new Baseline { Metric = only.Value.GetString() }, null)
            : Wanted("{ capture: NAME } or { metric: NAME }");

    private static StepValue Approvers(JsonElement given)
    {
        const string Expected = "a list of { group: NAME } or { person: NAME }, each with or without required: true";
        if (given.ValueKind != JsonValueKind.Array) return Wanted(Expected);
        try
        {
            var approvers = given.Deserialize<List<Approver>>(JsonSerializerOptions.Web)!;
            return approvers.TrueForAll(approver => approver is not null && approver.Group is null != approver.Person is null) ? new((IReadOnlyList<Approver>)approvers, null) : Wanted(Expected);
        }
        catch (JsonException)
        {
            return Wanted(Expected);
        }
    }
}
