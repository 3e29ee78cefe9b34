using System.Text;
using RolloutWorkflows.Playbooks.Problems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RolloutWorkflows.Playbooks.Yaml;

/// <summary>
/// Builds the node tree from the parser's events, so that every limit is checked before anything is built that could
/// exceed it. Anchors share their node; a bomb is refused by adding sizes up, not by walking it.
/// </summary>
internal sealed class YamlReader
{
    private static readonly System.Buffers.SearchValues<char> Controls =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'))]);

    private readonly IParser _parser;
    private readonly ProblemList _problems;
    private readonly Dictionary<AnchorName, YamlNode> _anchors = [];
    private int _aliases;

    private YamlReader(string text, ProblemList problems) => (_parser, _problems) = (new Parser(new StringReader(text)), problems);

    /// <summary>Reads the one document; null where it cannot be read, with the reason among the problems.</summary>
    public static YamlNode? Read(string text, ProblemList problems)
    {
        if (Encoding.UTF8.GetByteCount(text) is var bytes && bytes > YamlLimits.MaximumBytes)
        {
            problems.AddAt(ProblemCodes.FileTooLarge, "", new Place(1, 1), $"the file is too large; expected at most {YamlLimits.MaximumBytes} bytes, got {bytes}");
            return null;
        }

        // What reads a file puts this character where the bytes are no UTF-8.
        if (text.IndexOf('\uFFFD', StringComparison.Ordinal) is var broken and >= 0)
        {
            problems.AddAt(ProblemCodes.InvalidYaml, "", PlaceIn(text, broken), "this is no UTF-8 text; expected a file in UTF-8, got bytes here that are none");
            return null;
        }

        var reader = new YamlReader(text, problems);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlRefusedException refused)
        {
            problems.AddAt(refused.Code, "", refused.Place, refused.Message);
        }
        catch (YamlException exception)
        {
            problems.AddAt(ProblemCodes.InvalidYaml, "", PlaceOf(exception.Start), $"this is no valid YAML: {Reason(exception)}");
        }
        catch (InvalidOperationException)
        {
            // The parser answers some texts, such as a flow mapping that is never closed, with this instead of its own error.
            problems.AddAt(ProblemCodes.InvalidYaml, "", reader.LastPlace, "this is no valid YAML: it cannot be parsed from here on; expected every bracket and quote to be closed");
        }

        return null;
    }

    private static Place PlaceIn(string text, int position) =>
        new(1 + text.AsSpan(0, position).Count('\n'), position - text.LastIndexOf('\n', position));

    private Place LastPlace => _parser.Current is { } last ? PlaceOf(last.End) : new Place(1, 1);

    private YamlNode ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _)) throw Empty();
        _parser.Consume<DocumentStart>();
        var root = ReadNode(1);
        _parser.Consume<DocumentEnd>();
        if (root is YamlScalar { IsNull: true }) throw Empty();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            throw new YamlRefusedException(ProblemCodes.SeveralDocuments, "a second document starts here; expected one playbook per file", PlaceOf(second.Start));
        }

        return root;
    }

    private static YamlRefusedException Empty() =>
        new(ProblemCodes.EmptyFile, "the file is empty; expected a playbook that starts with 'apiVersion: rolloutworkflows/v1'", new Place(1, 1));

    private YamlNode ReadNode(int depth)
    {
        if (depth > YamlLimits.MaximumDepth)
        {
            throw new YamlRefusedException(ProblemCodes.TooDeep, $"nested too deep; expected at most {YamlLimits.MaximumDepth} levels", PlaceOf(_parser.Current!.Start));
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias)) return FollowAlias(alias, depth);
        var start = _parser.Consume<NodeEvent>();
        var place = PlaceOf(start.Start);
        RefuseTag(start, place);
        YamlNode node = start switch
        {
            Scalar scalar => new YamlScalar(place, RefuseControls(scalar.Value, place), scalar.Style == ScalarStyle.Plain),
            SequenceStart => ReadSequence(place, depth),
            MappingStart => ReadMapping(place, depth),
            _ => throw new YamlRefusedException(ProblemCodes.InvalidYaml, "this is no valid YAML here: expected a value", place),
        };
        if (_aliases > 0 && node.Size > YamlLimits.MaximumNodes)
        {
            throw new YamlRefusedException(ProblemCodes.TooManyAliases, $"aliases make the file too large; expected at most {YamlLimits.MaximumNodes} values once they are followed", place);
        }

        if (!start.Anchor.IsEmpty) _anchors[start.Anchor] = node;
        return node;
    }

    private YamlNode FollowAlias(AnchorAlias alias, int depth)
    {
        var place = PlaceOf(alias.Start);
        if (++_aliases > YamlLimits.MaximumAliases)
        {
            throw new YamlRefusedException(ProblemCodes.TooManyAliases, $"too many aliases; expected at most {YamlLimits.MaximumAliases}", place);
        }

        // An anchor is known once its node is complete, so a node can never hold itself.
        if (!_anchors.TryGetValue(alias.Value, out var node))
        {
            throw new YamlRefusedException(ProblemCodes.UnknownAlias, $"the alias '*{alias.Value}' names no anchor above it{Suggestion.For(alias.Value.Value, _anchors.Keys.Select(anchor => anchor.Value))}", place);
        }

        if (depth - 1 + node.Height > YamlLimits.MaximumDepth)
        {
            throw new YamlRefusedException(ProblemCodes.TooDeep, $"nested too deep once the alias is followed; expected at most {YamlLimits.MaximumDepth} levels", place);
        }

        return node;
    }

    private YamlSequence ReadSequence(Place place, int depth)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(depth + 1));
        return new YamlSequence(place, items);
    }

    private YamlMapping ReadMapping(Place place, int depth)
    {
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(depth + 1) is not YamlScalar key)
            {
                throw new YamlRefusedException(ProblemCodes.InvalidYaml, "this is no valid YAML here: expected a name as a key, got a list or a mapping", place);
            }

            var value = ReadNode(depth + 1);
            if (!seen.TryAdd(key.Text, key.Place))
            {
                _problems.AddAt(ProblemCodes.DuplicateKey, key.Text, key.Place, $"the key '{key.Text}' stands twice; expected it once, got it on line {seen[key.Text].Line} already");
                continue;
            }

            entries.Add(new YamlEntry(key, value));
        }

        return new YamlMapping(place, entries);
    }

    /// <summary>Titles and prompts are shown on terminals and pages, which would obey such characters.</summary>
    private static string RefuseControls(string text, Place place) =>
        text.AsSpan().IndexOfAny(Controls) is var at and >= 0
            ? throw new YamlRefusedException(ProblemCodes.InvalidYaml, $"the text holds the control character U+{(int)text[at]:X4}; expected letters, spaces and line breaks", place)
            : text;

    private static void RefuseTag(NodeEvent node, Place place)
    {
        if (node.Tag.IsEmpty) return;
        throw new YamlRefusedException(ProblemCodes.TagNotAllowed, $"the tag '{node.Tag.Value.Replace("tag:yaml.org,2002:", "!!", StringComparison.Ordinal)}' is not allowed; expected plain YAML without tags", place);
    }

    /// <summary>The parser's reason without the positions that it repeats.</summary>
    private static string Reason(YamlException exception)
    {
        var message = exception.Message;
        var end = message.IndexOf("): ", StringComparison.Ordinal);
        return message.StartsWith('(') && end > 0 ? message[(end + 3)..] : message;
    }

    private static Place PlaceOf(Mark mark) => new(Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));
}
