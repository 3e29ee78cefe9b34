namespace RppChain;

/// <summary>A node's configuration: refuses what the node does not know, as the node does when it loads it.</summary>
internal sealed class NodeConfig
{
    private static readonly HashSet<string> Keys = new(StringComparer.Ordinal)
    {
        "node.name", "node.address", "consensus.block_time_ms", "consensus.quorum", "telemetry.endpoint",
        "rollout.feature_gates.malachite_consensus", "rollout.feature_gates.timetoke_rewards", "rollout.feature_gates.witness_network",
    };

    private readonly Dictionary<string, string> _values;

    private NodeConfig(Dictionary<string, string> values) => _values = values;

    /// <summary>Reads the lines that a node's file has; throws an <see cref="InvalidDataException"/> for any other.</summary>
    public static NodeConfig Load(string text)
    {
        var (table, values) = ("", new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var line in text.Split('\n').Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0))
        {
            if (line is ['[', .. var name, ']'])
            {
                table = name;
                continue;
            }

            if (line.Split('=', 2) is not [var key, var value]) throw new InvalidDataException($"'{line}' is not understood");
            var path = $"{table}.{key.Trim()}";
            if (!Keys.Contains(path)) throw new InvalidDataException($"unknown key {path}");
            values[path] = value.Trim();
        }

        return new NodeConfig(values);
    }

    public bool Has(string gate) => _values.GetValueOrDefault($"rollout.feature_gates.{gate}") == "true";
}
