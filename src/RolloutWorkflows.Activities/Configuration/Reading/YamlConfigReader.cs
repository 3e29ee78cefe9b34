using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RolloutWorkflows.Activities;

/// <summary>Reads one YAML document by YAML 1.2's core schema, and remembers where each value stands. Anchors, aliases and tags are refused: one text would stand for several values.</summary>
internal sealed partial class YamlConfigReader
{
    private const int MaximumDepth = 64;

    private readonly string _text;
    private readonly Parser _parser;

    private YamlConfigReader(string text) => (_text, _parser) = (text, new Parser(new StringReader(text)));

    public static ConfigTable Read(string text)
    {
        var reader = new YamlConfigReader(text);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException invalid)
        {
            throw ConfigDocument.Unreadable(text, (int)invalid.Start.Index, $"this is no valid YAML: {invalid.Message}");
        }
        catch (InvalidOperationException)
        {
            throw new PlaybookFileException("line 1, column 1: this is no valid YAML: a bracket or a quote is not closed");
        }
    }

    private ConfigTable ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _)) return new ConfigTable();
        _parser.Consume<DocumentStart>();
        var root = ReadNode(1);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _)) throw Refuse(_parser.Current!, "a second document begins here; expected one");
        return root switch
        {
            ConfigTable table => table,
            ConfigLeaf { Value: null } => new ConfigTable(),
            _ => throw new PlaybookFileException("line 1, column 1: expected names with values"),
        };
    }

    private ConfigNode ReadNode(int depth)
    {
        if (_parser.Accept<AnchorAlias>(out var alias)) throw Refuse(alias, "an alias (*name), which cannot be used here; write the value out");
        var node = _parser.Consume<NodeEvent>();
        if (depth > MaximumDepth) throw Refuse(node, $"nested deeper than {MaximumDepth} levels");
        if (!node.Anchor.IsEmpty) throw Refuse(node, "an anchor (&name), which cannot be used here");
        if (!node.Tag.IsEmpty) throw Refuse(node, "a tag (!name), which cannot be used here");
        return node switch
        {
            MappingStart => ReadMapping(depth),
            SequenceStart start => ReadSequence(start, depth),
            Scalar scalar => new ConfigLeaf(ValueOf(scalar), (int)scalar.Start.Index, (int)scalar.End.Index),
            _ => throw Refuse(node, "expected a value"),
        };
    }

    private ConfigTable ReadMapping(int depth)
    {
        var table = new ConfigTable();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key)) throw Refuse(_parser.Current!, "expected a name");
            if (!table.TryAdd(key.Value, ReadNode(depth + 1))) throw Refuse(key, $"{key.Value} stands there a second time");
        }

        return table;
    }

    private ConfigList ReadSequence(SequenceStart start, int depth)
    {
        var list = new ConfigList((int)start.Start.Index);
        while (!_parser.Accept<SequenceEnd>(out _)) list.Items.Add(ReadNode(depth + 1));
        list.End = Math.Max(list.Start, (int)_parser.Consume<SequenceEnd>().End.Index);
        return list;
    }

    private PlaybookFileException Refuse(ParsingEvent at, string what) => ConfigDocument.Unreadable(_text, (int)at.Start.Index, what);

    private static JsonValue? ValueOf(Scalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain) return JsonValue.Create(scalar.Value);
        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            var text when Integer().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            var text when Float().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
            var text => JsonValue.Create(text),
        };
    }

    [GeneratedRegex(@"\A[-+]?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Float();
}
