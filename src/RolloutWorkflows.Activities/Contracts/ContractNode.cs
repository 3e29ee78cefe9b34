using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>A place in a description: what stands there, and its JSON pointer as a URI fragment.</summary>
internal readonly record struct ContractNode(ContractDocument Document, JsonElement Value, string Pointer)
{
    public bool IsObject => Value.ValueKind == JsonValueKind.Object;

    /// <summary>What stands under a name, references followed; null where nothing does.</summary>
    public ContractNode? Find(string name) =>
        IsObject && Value.TryGetProperty(name, out var found) ? Document.Follow(Below(name, found)) : null;

    /// <summary>The same where it is an object.</summary>
    public ContractNode? FindObject(string name) => Find(name) is { IsObject: true } found ? found : null;

    public string? Text(string name) => IsObject && Value.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    public bool Flag(string name) => IsObject && Value.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.True;

    public double? Number(string name) => IsObject && Value.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Number ? found.GetDouble() : null;

    /// <summary>The named entries of an object, references followed; extensions are left out.</summary>
    public IEnumerable<(string Name, ContractNode Node)> Entries()
    {
        if (!IsObject) yield break;
        foreach (var property in Value.EnumerateObject())
            if (!property.Name.StartsWith("x-", StringComparison.Ordinal)) yield return (property.Name, Document.Follow(Below(property.Name, property.Value)));
    }

    /// <summary>As <see cref="Entries()"/>, of the object under a name; none where there is none.</summary>
    public IEnumerable<(string Name, ContractNode Node)> Entries(string name) => FindObject(name)?.Entries() ?? [];

    /// <summary>As <see cref="Entries(string)"/>, to look up by name whatever its case; of several of one name the last counts.</summary>
    public Dictionary<string, ContractNode> ByName(string name)
    {
        var found = new Dictionary<string, ContractNode>(StringComparer.OrdinalIgnoreCase);
        foreach (var (each, node) in Entries(name)) found[each] = node;
        return found;
    }

    /// <summary>The items of the list under a name, references followed; none where there is none.</summary>
    public IEnumerable<ContractNode> Items(string name)
    {
        if (!IsObject || !Value.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array) yield break;
        var at = Below(name, list);
        var index = 0;
        foreach (var item in list.EnumerateArray()) yield return Document.Follow(at with { Value = item, Pointer = $"{at.Pointer}/{index++}" });
    }

    /// <summary>The texts of the list under a name.</summary>
    public IEnumerable<string> Texts(string name) =>
        IsObject && Value.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)
            : [];

    private ContractNode Below(string name, JsonElement value) =>
        this with { Value = value, Pointer = $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}" };
}
