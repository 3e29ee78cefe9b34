using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutWorkflows.Playbooks.Grammar;
using RolloutWorkflows.Playbooks.Problems;
using RolloutWorkflows.Playbooks.Steps;
using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks.Schema;

/// <summary>Writes shapes as definitions that refer to each other, each once.</summary>
internal sealed class ShapeSchemaWriter(IStepCatalog catalog)
{
    private const string WithByKind = "with-by-kind";

    private readonly SortedDictionary<string, JsonObject> _definitions = new(StringComparer.Ordinal);

    /// <summary>All that was referred to, ordered by name.</summary>
    public JsonObject Definitions() => new(_definitions.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    public JsonObject Reference(Shape shape)
    {
        var name = NameOf(shape);
        if (!_definitions.ContainsKey(name))
        {
            // Taken before it is filled, so that a shape that holds itself would still end.
            var definition = _definitions[name] = [];
            Fill(definition, shape);
        }

        return RefTo(name);
    }

    private void Fill(JsonObject definition, Shape shape)
    {
        definition["description"] = shape.Description;
        definition["type"] = "object";
        definition["additionalProperties"] = shape.Others is { } others ? Of(others) : false;
        definition["properties"] = new JsonObject(shape.Keys.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)Of(key))));
        if (shape.Keys.Any(key => key.Required)) definition["required"] = Names(shape.Keys.Where(key => key.Required).Select(key => key.Name));
        var rules = new JsonArray();
        foreach (var group in shape.ExactlyOne) rules.Add(new JsonObject { ["oneOf"] = new JsonArray([.. group.Select(name => Requires(name))]) });
        foreach (var group in shape.AtMostOne) rules.Add(new JsonObject { ["not"] = Requires(group) });
        if (shape.Keys.Any(key => key.Form is WithForm)) rules.Add(ReferenceToKinds());
        if (rules.Count > 0) definition["allOf"] = rules;
    }

    private JsonObject Of(Key key)
    {
        var schema = key is { Name: "uses", Required: true } ? Uses() : Of(key.Form);
        schema["description"] = key.Description;
        if (key.Default is { } text) schema["default"] = ToJson(text);
        return schema;
    }

    private JsonObject Of(Form form) => form switch
    {
        ScalarForm scalar => ScalarSchemas.Of(scalar),
        ObjectForm @object => Reference(@object.Shape),
        ListForm list => OfList(list),
        MapForm map => OfMap(map),
        EitherForm either => new JsonObject { ["anyOf"] = new JsonArray([.. either.Forms.Select(Of)]) },
        WithForm => new JsonObject { ["type"] = "object" },
        _ => [],
    };

    private JsonObject OfList(ListForm list)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = Of(list.Item) };
        if (list.MinItems > 0) schema["minItems"] = list.MinItems;
        return schema;
    }

    private JsonObject OfMap(MapForm map)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(map.Value) };
        if (ScalarSchemas.NamePattern(map.KeyKind) is { } pattern) schema["propertyNames"] = new JsonObject { ["pattern"] = pattern };
        return schema;
    }

    /// <summary>The kinds by name, with their summaries for editors that show them.</summary>
    private JsonObject Uses() => new()
    {
        ["oneOf"] = new JsonArray([.. catalog.Kinds.Select(kind => new JsonObject { ["const"] = kind.Name, ["description"] = kind.Summary })]),
    };

    private JsonObject ReferenceToKinds()
    {
        if (!_definitions.ContainsKey(WithByKind))
        {
            var definition = _definitions[WithByKind] = [];
            definition["description"] = "The configuration of each step kind.";
            definition["allOf"] = new JsonArray([.. catalog.Kinds.Select(WhenUsed)]);
        }

        return RefTo(WithByKind);
    }

    private JsonObject WhenUsed(StepKind kind)
    {
        var name = $"with-{kind.Name.Replace('/', '-')}";
        _definitions[name] = Configuration(kind);
        var then = new JsonObject { ["properties"] = new JsonObject { ["with"] = RefTo(name) } };
        if (kind.Parameters.Any(parameter => parameter.Required)) then["required"] = Names(["with"]);
        return new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["uses"] = new JsonObject { ["const"] = kind.Name } }, ["required"] = Names(["uses"]) },
            ["then"] = then,
        };
    }

    private JsonObject Configuration(StepKind kind)
    {
        var schema = new JsonObject
        {
            ["description"] = kind.Summary,
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(kind.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, (JsonNode?)Of(parameter)))),
        };
        if (kind.Parameters.Any(parameter => parameter.Required)) schema["required"] = Names(kind.Parameters.Where(parameter => parameter.Required).Select(parameter => parameter.Name));
        return schema;
    }

    private JsonObject Of(StepParameter parameter)
    {
        var schema = Of(ParameterForms.Of(parameter));
        schema["description"] = parameter.Description;
        if (parameter.Default is { } standard) schema["default"] = JsonNode.Parse(standard.GetRawText());
        return schema;
    }

    private static JsonNode? ToJson(string yaml) =>
        JsonSerializer.SerializeToNode(YamlValues.ToJson(YamlReader.Read(yaml, new ProblemList("default"))!));

    private static JsonObject Requires(params string[] names) => new() { ["required"] = Names(names) };

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => JsonValue.Create(name))];

    private static JsonObject RefTo(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    /// <summary><c>a rollback to a stage</c> becomes <c>rollback-to-a-stage</c>.</summary>
    private static string NameOf(Shape shape) =>
        string.Join('-', shape.Name.ToLower(CultureInfo.InvariantCulture).Replace("'", "", StringComparison.Ordinal).Split(' ').Skip(1));
}
