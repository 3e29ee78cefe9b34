using System.Text.Json.Nodes;
using RolloutWorkflows.Playbooks.Grammar;

namespace RolloutWorkflows.Playbooks.Schema;

/// <summary>The schema of each kind of scalar.</summary>
internal static class ScalarSchemas
{
    /// <summary>A text that holds at least one expression.</summary>
    private const string ExpressionPattern = @"\$\{\{";

    private const string CompactDuration = @"(?=\d)(\d+(\.\d+)?w)?(\d+(\.\d+)?d)?(\d+(\.\d+)?h)?(\d+(\.\d+)?m)?(\d+(\.\d+)?s)?(\d+ms)?";
    private const string IsoDuration = @"P(?=.)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?";

    public static JsonObject Of(ScalarForm form)
    {
        var plain = Plain(form);
        // Texts hold expressions anyway; other values may be one expression in their place.
        return form.AllowsExpressions && form.Kind is not (ScalarKind.Text or ScalarKind.Expression) ? AnyOf(plain, Pattern(ExpressionPattern)) : plain;
    }

    /// <summary>The pattern of names, for keys that authors choose; null where any text will do.</summary>
    public static string? NamePattern(ScalarKind kind) => kind switch
    {
        ScalarKind.Label => "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
        ScalarKind.Identifier => "^[A-Za-z_][A-Za-z0-9_-]{0,62}$",
        ScalarKind.Name => "^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$",
        _ => null,
    };

    private static JsonObject Plain(ScalarForm form) => form.Kind switch
    {
        ScalarKind.Choice => new JsonObject { ["enum"] = new JsonArray([.. form.Values.Select(value => JsonValue.Create(value))]) },
        ScalarKind.Boolean => new JsonObject { ["type"] = "boolean" },
        ScalarKind.Number => Bounded("number", form),
        ScalarKind.Integer or ScalarKind.LongInteger => Bounded("integer", form),
        ScalarKind.Percent => AnyOf(Bounded("number", form), Pattern(@"^\d+(\.\d+)?%$")),
        ScalarKind.Duration => Pattern($"^({CompactDuration}|{IsoDuration})$"),
        ScalarKind.Threshold => AnyOf(new JsonObject { ["type"] = "integer", ["minimum"] = 1 }, Pattern(@"^(all|[1-9]\d*/[1-9]\d*)$")),
        ScalarKind.Url => Pattern("^https?://"),
        ScalarKind.Expression => Pattern(@"^\$\{\{.*\}\}$"),
        _ when NamePattern(form.Kind) is { } pattern => Pattern(pattern),
        // Where text is wanted, 1.10 and true are the texts that stand there.
        ScalarKind.Text => new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
        _ => new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Bounded(string type, ScalarForm form)
    {
        var schema = new JsonObject { ["type"] = type };
        if (form.Minimum is { } minimum) schema["minimum"] = minimum;
        if (form.Maximum is { } maximum) schema["maximum"] = maximum;
        return schema;
    }

    private static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private static JsonObject AnyOf(params JsonNode[] schemas) => new() { ["anyOf"] = new JsonArray(schemas) };
}
