using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>
/// A schema as it counts: several schemas that all hold, with their <c>allOf</c>, references and 3.0's and 3.1's ways of
/// writing the same brought into one form. Immutable once made.
/// </summary>
internal sealed class SchemaView
{
    private const int MaximumParts = 200;

    private static readonly string[] AllTypes = ["array", "boolean", "integer", "null", "number", "object", "string"];
    private static readonly string[] LowerBounds = ["minimum", "minLength", "minItems", "minProperties"];
    private static readonly string[] UpperBounds = ["maximum", "maxLength", "maxItems", "maxProperties"];

    /// <summary>Keywords that are compared as they are written.</summary>
    private static readonly string[] Verbatim =
        ["not", "if", "then", "else", "prefixItems", "patternProperties", "contains", "propertyNames", "dependentRequired", "dependentSchemas", "multipleOf", "uniqueItems", "pattern"];

    /// <summary>Patterns and values are shown to people as they were written.</summary>
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<ContractNode> _parts = [];
    private readonly List<ContractNode> _stated = [];

    /// <param name="stated">The schemas that all hold.</param>
    /// <param name="union">The alternative of a union that is looked at, so that the union itself does not count again; null: none.</param>
    private SchemaView(IReadOnlyList<ContractNode> stated, string? union)
    {
        _stated.AddRange(stated);
        foreach (var node in stated) Gather(node, union, MaximumParts);
        foreach (var part in _parts) Take(part);
        foreach (var part in _parts) TakeRequired(part);
    }

    private SchemaView(SchemaView of, string type)
        : this(of._stated, union: null)
    {
        Types = new HashSet<string>([type]);
        Key = $"{of.Key}:{type}";
    }

    /// <summary>Tells it from all other schemas of its description.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Where it stands.</summary>
    public string Pointer => _stated[0].Pointer;

    /// <summary>True where nothing fits it.</summary>
    public bool Never { get; private set; }

    /// <summary>The types that fit; a whole number is <c>integer</c>, any number both.</summary>
    public IReadOnlySet<string> Types { get; private set; } = new HashSet<string>(AllTypes);

    public bool IsAnyType => Types.Count == AllTypes.Length;

    public string? Format { get; private set; }

    /// <summary>The only values, as JSON; null: any.</summary>
    public IReadOnlyList<string>? Values { get; private set; }

    public Dictionary<string, List<ContractNode>> Properties { get; } = [];

    public HashSet<string> Required { get; } = [];

    /// <summary>True where no property may stand beside the named ones.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The schemas of properties that are not named; empty: any.</summary>
    public List<ContractNode> Others { get; } = [];

    public List<ContractNode> Items { get; } = [];

    /// <summary>Bounds by keyword.</summary>
    public Dictionary<string, double> Bounds { get; } = [];

    /// <summary>What is compared as it is written, by keyword.</summary>
    public Dictionary<string, string> AsWritten { get; } = [];

    public bool ReadOnly { get; private set; }

    public bool WriteOnly { get; private set; }

    /// <summary>The alternatives of its first <c>oneOf</c> or <c>anyOf</c>; empty: none.</summary>
    private List<ContractNode> Union { get; } = [];

    private string? UnionPointer { get; set; }

    public static SchemaView Of(params IReadOnlyList<ContractNode> stated) => new(stated, union: null) { Key = string.Join('&', stated.Select(node => node.Pointer)) };

    /// <summary>True for a keyword that says the least, false for one that says the most.</summary>
    public static bool IsLowerBound(string keyword) => LowerBounds.Contains(keyword) || keyword == "exclusiveMinimum";

    /// <summary>The schemas of which one must fit: its union's alternatives, or it alone; each of one type where <paramref name="byType"/> is set.</summary>
    public IReadOnlyList<SchemaView> Alternatives(bool byType)
    {
        IReadOnlyList<SchemaView> alternatives = Union.Count == 0
            ? [this]
            : [.. Union.Select((alternative, index) => new SchemaView([alternative, .. _stated], UnionPointer) { Key = $"{Key}|{index}" })];
        return !byType ? alternatives : [.. alternatives.SelectMany(view => view.ByType())];
    }

    public bool HasUnion => Union.Count > 0;

    private IEnumerable<SchemaView> ByType()
    {
        if (IsAnyType || HasUnion) return [this];
        var types = Types.Where(type => type != "integer" || !Types.Contains("number")).ToList();
        return types.Count <= 1 ? [this] : types.Select(type => new SchemaView(this, type));
    }

    private void Gather(ContractNode node, string? union, int left)
    {
        if (_parts.Count >= left) throw new ContractException($"combines more than {MaximumParts} schemas at {node.Pointer}");
        _parts.Add(node);
        // A reference with siblings stands for both.
        if (node.Text("$ref") is { } reference) Gather(node.Document.Follow(node.Document.At(reference, node.Pointer)), union, left);
        foreach (var part in node.Items("allOf")) Gather(part, union, left);
        foreach (var keyword in (string[])["oneOf", "anyOf"])
        {
            if (!node.Items(keyword).Any() || $"{node.Pointer}/{keyword}" == union) continue;
            if (Union.Count > 0)
            {
                AsWritten[$"{keyword} beside another union"] = Canonical(node.Value.GetProperty(keyword));
                continue;
            }

            UnionPointer = $"{node.Pointer}/{keyword}";
            Union.AddRange(node.Items(keyword));
        }
    }

    private void Take(ContractNode part)
    {
        if (part.Value.ValueKind == JsonValueKind.False) Never = true;
        if (!part.IsObject) return;
        TakeTypes(part);
        Format ??= part.Text("format");
        TakeValues(part);
        foreach (var (name, node) in part.Entries("properties")) (Properties.TryGetValue(name, out var nodes) ? nodes : Properties[name] = []).Add(node);
        if (part.Find("additionalProperties") is { } others)
        {
            if (others.Value.ValueKind == JsonValueKind.False) IsClosed = true;
            else if (others.IsObject && others.Value.EnumerateObject().Any()) Others.Add(others);
        }

        if (part.FindObject("items") is { } items) Items.Add(items);
        TakeBounds(part);
        foreach (var keyword in Verbatim)
            if (part.Value.TryGetProperty(keyword, out var written) && written.ValueKind is not (JsonValueKind.False or JsonValueKind.Null)) AsWritten[keyword] = Canonical(written);
        ReadOnly |= part.Flag("readOnly");
        WriteOnly |= part.Flag("writeOnly");
    }

    private void TakeRequired(ContractNode part) => Required.UnionWith(part.Texts("required"));

    private void TakeTypes(ContractNode part)
    {
        IReadOnlyList<string> stated = part.Text("type") is { } one ? [one] : [.. part.Texts("type")];
        if (stated.Count == 0) return;
        var types = new HashSet<string>(stated);
        if (types.Contains("number")) types.Add("integer");
        if (part.Flag("nullable")) types.Add("null");
        Types = new HashSet<string>(Types.Intersect(types));
    }

    private void TakeValues(ContractNode part)
    {
        List<string>? values = null;
        if (part.Value.TryGetProperty("enum", out var list) && list.ValueKind == JsonValueKind.Array) values = [.. list.EnumerateArray().Select(Canonical)];
        else if (part.Value.TryGetProperty("const", out var only)) values = [Canonical(only)];
        if (values is not null) Values = Values is null ? values : [.. Values.Intersect(values)];
    }

    private void TakeBounds(ContractNode part)
    {
        foreach (var keyword in LowerBounds.Concat(UpperBounds))
        {
            if (part.Number(keyword) is not { } bound) continue;
            // 3.0 says by a flag that the bound itself is out, 3.1 by a keyword of its own.
            var stated = keyword == "minimum" && part.Flag("exclusiveMinimum") ? "exclusiveMinimum" : keyword == "maximum" && part.Flag("exclusiveMaximum") ? "exclusiveMaximum" : keyword;
            Narrow(stated, bound);
        }

        foreach (var keyword in (string[])["exclusiveMinimum", "exclusiveMaximum"])
            if (part.Number(keyword) is { } bound) Narrow(keyword, bound);
    }

    private void Narrow(string keyword, double bound) =>
        Bounds[keyword] = !Bounds.TryGetValue(keyword, out var before) ? bound : IsLowerBound(keyword) ? Math.Max(before, bound) : Math.Min(before, bound);

    /// <summary>The same text for the same value, however it is written.</summary>
    public static string Canonical(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(",", value.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => $"{JsonSerializer.Serialize(property.Name)}:{Canonical(property.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(",", value.EnumerateArray().Select(Canonical))}]",
        JsonValueKind.Number => value.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value, Readable),
    };
}
