using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>A part of a configuration as it was read.</summary>
internal abstract class ConfigNode;

/// <summary>Names with values, in the order of the file.</summary>
internal class ConfigTable : ConfigNode
{
    private readonly Dictionary<string, ConfigNode> _byName = new(StringComparer.Ordinal);

    public List<KeyValuePair<string, ConfigNode>> Entries { get; } = [];

    public ConfigNode? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>False where the name is taken.</summary>
    public bool TryAdd(string name, ConfigNode node)
    {
        if (!_byName.TryAdd(name, node)) return false;
        Entries.Add(new(name, node));
        return true;
    }
}

/// <summary>A list.</summary>
internal class ConfigList(int start) : ConfigNode
{
    public List<ConfigNode> Items { get; } = [];

    public int Start { get; } = start;

    /// <summary>Where it ends in the text, exclusive.</summary>
    public int End { get; set; } = start;
}

/// <summary>One value, and where it is written.</summary>
internal sealed class ConfigLeaf(JsonNode? value, int start, int end) : ConfigNode
{
    public JsonNode? Value { get; } = value;

    public int Start { get; } = start;

    public int End { get; } = end;
}
