using System.Globalization;
using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>Texts: basic and literal ones, of one line and of several.</summary>
internal sealed partial class TomlReader
{
    private string ReadText()
    {
        var quote = Now;
        var many = _text.AsSpan(_at).StartsWith(new string(quote, 3));
        _at += many ? 3 : 1;
        if (many) SkipNewline();
        var value = new StringBuilder();
        while (true)
        {
            if (_at >= _text.Length) throw Fail("the text does not end");
            var letter = _text[_at];
            if (letter == quote && (!many || _text.AsSpan(_at).StartsWith(new string(quote, 3))))
            {
                if (many) return EndOfMany(value, quote);
                _at++;
                return value.ToString();
            }

            if (letter == '\\' && quote == '"') ReadEscape(value, many);
            else ReadLetter(value, letter, many);
        }
    }

    private string EndOfMany(StringBuilder value, char quote)
    {
        // Up to two quotes may stand right before the three that end the text.
        var run = 0;
        while (_at + run < _text.Length && _text[_at + run] == quote) run++;
        if (run > 5) throw Fail("more than five quotes in a row");
        _at += run;
        return value.Append(quote, run - 3).ToString();
    }

    private void ReadLetter(StringBuilder value, char letter, bool many)
    {
        if (letter == '\n' || _text.AsSpan(_at).StartsWith("\r\n"))
        {
            if (!many) throw Fail("the text does not end on its line");
            var start = _at;
            SkipNewline();
            value.Append(_text, start, _at - start);
            return;
        }

        if (IsControl(letter)) throw Fail("a control character, which a text must not hold");
        value.Append(letter);
        _at++;
    }

    private void ReadEscape(StringBuilder value, bool many)
    {
        var start = _at++;
        if (many && SkipsLineEnd()) return;
        var letter = Now;
        _at++;
        switch (letter)
        {
            case 'b': value.Append('\b'); break;
            case 't': value.Append('\t'); break;
            case 'n': value.Append('\n'); break;
            case 'f': value.Append('\f'); break;
            case 'r': value.Append('\r'); break;
            case '"': value.Append('"'); break;
            case '\\': value.Append('\\'); break;
            case 'u': AppendCode(value, 4, start); break;
            case 'U': AppendCode(value, 8, start); break;
            default: throw Fail("expected one of \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX", start);
        }
    }

    /// <summary>A backslash at the end of a line leaves out all white space up to the next letter.</summary>
    private bool SkipsLineEnd()
    {
        var before = _at;
        SkipSpaces();
        if (!SkipNewline())
        {
            _at = before;
            return false;
        }

        do SkipSpaces();
        while (SkipNewline());
        return true;
    }

    private void AppendCode(StringBuilder value, int digits, int start)
    {
        if (_at + digits > _text.Length || !int.TryParse(_text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
            throw Fail($"expected {digits} hexadecimal digits of a character", start);
        value.Append(new Rune(code).ToString());
        _at += digits;
    }
}
