using System.Globalization;
using System.Text.Json;
using RolloutWorkflows.Playbooks.Grammar;
using RolloutWorkflows.Playbooks.Steps;
using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks.Reading;

/// <summary>
/// Reads the keys of one mapping by its shape. Where a key is absent, the grammar's default is read instead, so that a
/// default is stated once. Values that do not fit were reported by <see cref="ShapeChecker"/>; here they read as absent.
/// </summary>
internal readonly struct Fields(YamlNode? node, Shape shape, IStepCatalog catalog)
{
    public bool Has(string name) => Given(name) is not null;

    public YamlNode? Given(string name) => (node as YamlMapping)?.Find(name);

    public string? Text(string name) => Scalar(name) is { IsNull: false } scalar ? scalar.Text : null;

    public string RequiredText(string name) => Text(name) ?? "";

    public bool Boolean(string name) => Scalar(name) is { } scalar && YamlValues.TryBoolean(scalar, out var value) && value;

    public int? Integer(string name) => Scalar(name) is { } scalar && YamlValues.TryInteger(scalar, out var value) ? value : null;

    public long? LongInteger(string name) => Scalar(name) is { } scalar && YamlValues.TryLong(scalar, out var value) ? value : null;

    public double? Number(string name) => Scalar(name) is { } scalar && YamlValues.TryNumber(scalar, out var value) ? value : null;

    public TimeSpan? Duration(string name) => PlaybookDuration.TryParse(Text(name), out var value) ? value : null;

    public T Choice<T>(string name)
        where T : struct, Enum => OptionalChoice<T>(name) ?? default;

    public T? OptionalChoice<T>(string name)
        where T : struct, Enum => Word<T>(Text(name));

    public IReadOnlyList<T> Choices<T>(string name)
        where T : struct, Enum => [.. Items(name).OfType<YamlScalar>().Select(scalar => Word<T>(scalar.Text)).OfType<T>()];

    public IReadOnlyList<string> Texts(string name) => [.. Items(name).OfType<YamlScalar>().Select(scalar => scalar.Text)];

    public JsonElement? Json(string name) => Given(name) is { } value ? YamlValues.ToJson(value) : null;

    /// <summary>The <c>with</c> of a step: what the kind takes as text stays as it is written, so that 1.10 does not become 1.1.</summary>
    public IReadOnlyDictionary<string, JsonElement> With()
    {
        if (Given("with") is not YamlMapping mapping) return new Dictionary<string, JsonElement>();
        var parameters = Text("uses") is { } uses && catalog.TryFind(uses, out var kind) ? kind.Parameters : [];
        return mapping.Entries.ToDictionary(
            entry => entry.Name,
            entry => YamlValues.ToJson(entry.Value, asText: parameters.Any(parameter => parameter.Name == entry.Name && parameter.IsText)));
    }

    public T? Object<T>(string name, Func<Fields, T> read)
        where T : class => Given(name) is { } value ? read(new Fields(value, ShapeOf(name), catalog)) : null;

    /// <summary>All items, also those that do not fit, so that positions in the model equal positions in the file.</summary>
    public IReadOnlyList<T> List<T>(string name, Func<Fields, int, T> read)
    {
        var (itemShape, kinds) = (ShapeOf(name), catalog);
        return [.. Items(name).Select((item, index) => read(new Fields(item, itemShape, kinds), index))];
    }

    public IReadOnlyDictionary<string, T> Map<T>(string name, Func<Fields, T> read)
    {
        var (valueShape, kinds) = (ShapeOf(name), catalog);
        return Given(name) is YamlMapping mapping
            ? mapping.Entries.ToDictionary(entry => entry.Name, entry => read(new Fields(entry.Value, valueShape, kinds)))
            : new Dictionary<string, T>();
    }

    /// <summary>The entries that the author named, beside the known keys.</summary>
    public IReadOnlyDictionary<string, T> OtherEntries<T>(Func<Fields, T> read)
    {
        var (known, kinds) = (shape, catalog);
        return node is YamlMapping mapping && known.Others is ObjectForm others
            ? mapping.Entries.Where(entry => known.Find(entry.Name) is null).ToDictionary(entry => entry.Name, entry => read(new Fields(entry.Value, others.Shape, kinds)))
            : new Dictionary<string, T>();
    }

    private IEnumerable<YamlNode> Items(string name) => Given(name) is YamlSequence sequence ? sequence.Items : [];

    private YamlScalar? Scalar(string name) =>
        Given(name) is { } given ? given as YamlScalar
        : shape.Find(name)?.Default is { } text ? new YamlScalar(default, text, isPlain: true)
        : null;

    private Shape ShapeOf(string name) => shape.Find(name)?.Form switch
    {
        ObjectForm form => form.Shape,
        ListForm { Item: ObjectForm form } => form.Shape,
        MapForm { Value: ObjectForm form } => form.Shape,
        _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Bug in RolloutWorkflows: '{name}' of {shape.Name} holds no mapping, please report")),
    };

    private static T? Word<T>(string? text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
