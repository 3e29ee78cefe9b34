namespace RolloutWorkflows.Playbooks.Yaml;

/// <summary>A place in the file, both counted from 1.</summary>
internal readonly record struct Place(int Line, int Column);

/// <summary>A node of the document with its place. Aliased nodes are shared, never copied.</summary>
internal abstract class YamlNode(Place place)
{
    public Place Place { get; } = place;

    /// <summary>Nodes that a walk visits, aliases followed; saturates instead of overflowing.</summary>
    public abstract int Size { get; }

    /// <summary>Levels of nesting, aliases followed.</summary>
    public abstract int Height { get; }

    /// <summary>What it is, for error texts.</summary>
    public abstract string Describe();

    protected static int Add(int a, int b) => a > int.MaxValue - b ? int.MaxValue : a + b;
}

/// <summary>A text, number, boolean or nothing. Only plain (unquoted) scalars can be other than text.</summary>
internal sealed class YamlScalar(Place place, string text, bool isPlain) : YamlNode(place)
{
    public string Text { get; } = text;

    public bool IsPlain { get; } = isPlain;

    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override int Size => 1;

    public override int Height => 1;

    public override string Describe()
    {
        if (IsNull) return "nothing";
        var shown = Text.Length > 60 ? Text[..59] + "…" : Text;
        // A quoted number is a text, which its looks alone would not say.
        var quoted = !IsPlain && (YamlValues.TryNumber(new YamlScalar(Place, Text, true), out _) || YamlValues.TryBoolean(new YamlScalar(Place, Text, true), out _));
        return $"{(quoted ? "the text " : "")}'{shown.ReplaceLineEndings("⏎")}'";
    }
}

internal sealed class YamlSequence(Place place, IReadOnlyList<YamlNode> items) : YamlNode(place)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override int Size { get; } = items.Aggregate(1, (sum, item) => Add(sum, item.Size));

    public override int Height { get; } = 1 + items.Select(item => item.Height).DefaultIfEmpty().Max();

    public override string Describe() => "a list";
}

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    public string Name => Key.Text;
}

internal sealed class YamlMapping(Place place, IReadOnlyList<YamlEntry> entries) : YamlNode(place)
{
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    public override int Size { get; } = entries.Aggregate(1, (sum, entry) => Add(sum, entry.Value.Size));

    public override int Height { get; } = 1 + entries.Select(entry => entry.Value.Height).DefaultIfEmpty().Max();

    public YamlNode? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name)?.Value;

    public override string Describe() => "a mapping of keys";
}
