using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>Reads TOML 1.0 and remembers where each value stands. What the specification calls invalid is refused with its line.</summary>
internal sealed partial class TomlReader
{
    private const int MaximumDepth = 64;

    private readonly string _text;
    private readonly TomlTable _root = new(TomlOrigin.Header);
    private int _at;

    private TomlReader(string text) => _text = text;

    public static ConfigTable Read(string text)
    {
        var reader = new TomlReader(text);
        if (text.Length > 0 && text[0] == '\uFEFF') reader._at = 1;
        reader.ReadDocument();
        return reader._root;
    }

    private char Now => _at < _text.Length ? _text[_at] : '\0';

    private void ReadDocument()
    {
        var current = _root;
        while (true)
        {
            SkipSpaces();
            if (_at >= _text.Length) return;
            if (Now == '[') current = ReadHeader();
            else if (Now is not ('#' or '\n' or '\r')) ReadKeyValue(current, 1);
            SkipSpaces();
            SkipComment();
            if (_at < _text.Length && !SkipNewline()) throw Fail("expected the end of the line");
        }
    }

    private TomlTable ReadHeader()
    {
        var start = _at++;
        var many = Now == '[';
        if (many) _at++;
        var names = ReadKey();
        if (Now != ']' || (many && (_at + 1 >= _text.Length || _text[_at + 1] != ']'))) throw Fail(many ? "expected ]]" : "expected ]");
        _at += many ? 2 : 1;

        var table = _root;
        foreach (var name in names[..^1]) table = Open(table, name, start);
        return many ? AddToArray(table, names[^1], start) : Define(table, names[^1], start);
    }

    /// <summary>The table of a name on the way to the one that a header defines.</summary>
    private TomlTable Open(TomlTable parent, string name, int start)
    {
        switch (parent.Find(name))
        {
            case null:
                var made = new TomlTable(TomlOrigin.Implied);
                parent.TryAdd(name, made);
                return made;
            case TomlTable { Origin: not TomlOrigin.Inline } table:
                return table;
            case TomlTableArray array:
                return (TomlTable)array.Items[^1];
            default:
                throw Fail($"{name} is a value, which a table cannot be added to", start);
        }
    }

    private TomlTable Define(TomlTable parent, string name, int start)
    {
        switch (parent.Find(name))
        {
            case null:
                var made = new TomlTable(TomlOrigin.Header);
                parent.TryAdd(name, made);
                return made;
            case TomlTable { Origin: TomlOrigin.Implied } implied:
                implied.Origin = TomlOrigin.Header;
                return implied;
            default:
                throw Fail($"{name} is defined a second time", start);
        }
    }

    private TomlTable AddToArray(TomlTable parent, string name, int start)
    {
        var found = parent.Find(name);
        if (found is not (null or TomlTableArray)) throw Fail($"{name} is defined a second time, as a list of tables", start);
        var array = (TomlTableArray?)found ?? new TomlTableArray(start);
        if (found is null) parent.TryAdd(name, array);
        var table = new TomlTable(TomlOrigin.Header);
        array.Items.Add(table);
        return table;
    }

    private void ReadKeyValue(TomlTable table, int depth)
    {
        var start = _at;
        var names = ReadKey();
        if (Now != '=') throw Fail("expected = after the name");
        _at++;
        SkipSpaces();
        foreach (var name in names[..^1])
        {
            if (table.Find(name) is null) table.TryAdd(name, new TomlTable(TomlOrigin.Dotted));
            table = table.Find(name) is TomlTable { Origin: TomlOrigin.Dotted } dotted ? dotted : throw Fail($"{name} is defined already, and dotted names cannot add to it", start);
        }

        if (table.Find(names[^1]) is not null) throw Fail($"{names[^1]} is set a second time", start);
        table.TryAdd(names[^1], ReadValue(depth));
    }

    private List<string> ReadKey()
    {
        var names = new List<string>();
        while (true)
        {
            SkipSpaces();
            names.Add(ReadName());
            SkipSpaces();
            if (Now != '.') return names;
            _at++;
        }
    }

    private string ReadName()
    {
        if (Now is '"' or '\'')
        {
            if (_text.AsSpan(_at).StartsWith("\"\"\"") || _text.AsSpan(_at).StartsWith("'''")) throw Fail("a name cannot be a text of several lines");
            return ReadText();
        }

        var match = BareName().Match(_text, _at);
        if (!match.Success) throw Fail("expected a name of letters, digits, - and _, or one in quotes");
        _at += match.Length;
        return match.Value;
    }

    private ConfigNode ReadValue(int depth)
    {
        if (depth > MaximumDepth) throw Fail($"nested deeper than {MaximumDepth} levels");
        var start = _at;
        switch (Now)
        {
            case '"' or '\'': return new ConfigLeaf(ReadText(), start, _at);
            case '[': return ReadArray(depth);
            case '{': return ReadInlineTable(depth);
        }

        var token = Token().Match(_text, _at).Value;
        if (token.Length == 0) throw Fail("expected a value");
        var value = TomlScalar.Read(token) ?? throw Fail($"'{token}' is no value: expected a text in quotes, a number, true, false or a date");
        _at += token.Length;
        return new ConfigLeaf(value, start, _at);
    }

    private ConfigList ReadArray(int depth)
    {
        var list = new ConfigList(_at++);
        while (true)
        {
            SkipBlank();
            if (Now == ']') break;
            list.Items.Add(ReadValue(depth + 1));
            SkipBlank();
            if (Now == ']') break;
            if (Now != ',') throw Fail("expected , or ]");
            _at++;
        }

        list.End = ++_at;
        return list;
    }

    private TomlTable ReadInlineTable(int depth)
    {
        var table = new TomlTable(TomlOrigin.Dotted);
        _at++;
        SkipSpaces();
        while (Now != '}')
        {
            ReadKeyValue(table, depth + 1);
            SkipSpaces();
            if (Now == '}') break;
            if (Now != ',') throw Fail("expected , or }");
            _at++;
            SkipSpaces();
            if (Now == '}') throw Fail("expected a name after the comma");
        }

        _at++;
        table.Close();
        return table;
    }

    private void SkipSpaces()
    {
        while (Now is ' ' or '\t') _at++;
    }

    private void SkipComment()
    {
        if (Now != '#') return;
        while (_at < _text.Length && _text[_at] is not '\n' && !_text.AsSpan(_at).StartsWith("\r\n"))
        {
            if (IsControl(_text[_at])) throw Fail("a control character, which a comment must not hold");
            _at++;
        }
    }

    private bool SkipNewline()
    {
        if (Now == '\n') _at++;
        else if (_text.AsSpan(_at).StartsWith("\r\n")) _at += 2;
        else return false;
        return true;
    }

    private void SkipBlank()
    {
        do
        {
            SkipSpaces();
            SkipComment();
        }
        while (SkipNewline());
    }

    private static bool IsControl(char letter) => letter is < ' ' and not '\t' or '\u007f';

    private PlaybookFileException Fail(string what, int? at = null) => ConfigDocument.Unreadable(_text, at ?? _at, what);

    [GeneratedRegex(@"\G[A-Za-z0-9_-]+", RegexOptions.CultureInvariant)]
    private static partial Regex BareName();

    // A date and its time may be apart by a space.
    [GeneratedRegex(@"\G(?:[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9:.Zz+-]*|[A-Za-z0-9_+:.-]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
