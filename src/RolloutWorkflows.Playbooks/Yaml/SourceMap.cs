namespace RolloutWorkflows.Playbooks.Yaml;

/// <summary>
/// Where each path of a document stands, so that rules over the model can point into the file. Paths are walked when
/// asked for: a table of all of them could grow far larger than the file.
/// </summary>
internal sealed class SourceMap(YamlNode? root)
{
    private static readonly Place Start = new(1, 1);

    /// <summary>True where the document has that path.</summary>
    public bool Has(string path) => Find(path).Found;

    /// <summary>The place of the value, or of the nearest part above it.</summary>
    public Place ValueAt(string path) => Find(path).Value;

    /// <summary>The place of the key, or of the nearest part above it.</summary>
    public Place KeyAt(string path) => Find(path).Key;

    private (Place Key, Place Value, bool Found) Find(string path)
    {
        if (root is null) return (Start, Start, false);
        YamlNode node = root;
        var key = root.Place;
        var rest = path.AsSpan();
        while (rest.Length > 0)
        {
            if (Step(node, ref rest) is not { } next) return (key, node.Place, false);
            (key, node) = next;
        }

        return (key, node.Place, true);
    }

    private static (Place Key, YamlNode Node)? Step(YamlNode node, ref ReadOnlySpan<char> rest)
    {
        if (node is YamlSequence sequence && rest[0] == '[')
        {
            var end = rest.IndexOf(']');
            if (end < 0 || !int.TryParse(rest[1..end], out var index) || index >= sequence.Items.Count) return null;
            rest = rest[(end + 1)..];
            return (sequence.Items[index].Place, sequence.Items[index]);
        }

        if (node is not YamlMapping mapping) return null;
        if (rest[0] == '.') rest = rest[1..];
        foreach (var entry in mapping.Entries)
        {
            // Names may hold dots, so the path is matched against what is there instead of being cut at them.
            if (!rest.StartsWith(entry.Name, StringComparison.Ordinal)) continue;
            var after = rest[entry.Name.Length..];
            if (after.Length > 0 && after[0] is not ('.' or '[')) continue;
            rest = after;
            return (entry.Key.Place, entry.Value);
        }

        return null;
    }
}
