using System.Globalization;

namespace RolloutWorkflows.Playbooks.Conditions;

internal enum TokenKind
{
    Number,
    Text,
    Word,
    Symbol,
    End,
}

internal readonly record struct Token(TokenKind Kind, string Text, int Position, double Number = 0, bool IsPercent = false)
{
    public override string ToString() => Kind == TokenKind.End ? "the end" : $"'{Text}'";
}

/// <summary>Cuts an expression into numbers, words, texts and operators.</summary>
internal sealed class ExpressionLexer(string text)
{
    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ","];

    private int _position;

    public IReadOnlyList<Token> Read()
    {
        var tokens = new List<Token>();
        do tokens.Add(Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position])) _position++;
        if (_position == text.Length) return new Token(TokenKind.End, "", _position);
        var c = text[_position];
        if (char.IsAsciiDigit(c) || (c == '.' && _position + 1 < text.Length && char.IsAsciiDigit(text[_position + 1]))) return ReadNumber();
        if (char.IsAsciiLetter(c) || c == '_') return ReadWord();
        if (c is '\'' or '"') return ReadText(c);
        return ReadSymbol();
    }

    private Token ReadNumber()
    {
        var start = _position;
        SkipDigits();
        if (Peek() == '.')
        {
            _position++;
            SkipDigits();
        }

        if (Peek() is 'e' or 'E')
        {
            var mark = _position++;
            if (Peek() is '+' or '-') _position++;
            if (char.IsAsciiDigit(Peek())) SkipDigits();
            else _position = mark;
        }

        var number = double.Parse(text.AsSpan(start, _position - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        var percent = Peek() == '%';
        if (percent) _position++;
        if (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_')
        {
            throw new ConditionException($"expected an operator after the number {text[start.._position]}", text, _position);
        }

        return new Token(TokenKind.Number, text[start.._position], start, percent ? number / 100 : number, percent);
    }

    /// <summary>A word, or a dotted reference; names may hold <c>-</c> after a dot, as step ids and inputs do.</summary>
    private Token ReadWord()
    {
        var start = _position;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_') _position++;
        while (Peek() == '.' && (char.IsAsciiLetterOrDigit(PeekNext()) || PeekNext() == '_'))
        {
            _position++;
            while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_' or '-') _position++;
        }

        return new Token(TokenKind.Word, text[start.._position], start);
    }

    private Token ReadText(char quote)
    {
        var start = _position++;
        var end = text.IndexOf(quote, _position);
        if (end < 0) throw new ConditionException($"expected a closing {quote}", text, start);
        _position = end + 1;
        return new Token(TokenKind.Text, text[(start + 1)..end], start);
    }

    private Token ReadSymbol()
    {
        foreach (var symbol in Symbols)
        {
            if (!text.AsSpan(_position).StartsWith(symbol, StringComparison.Ordinal)) continue;
            var token = new Token(TokenKind.Symbol, symbol, _position);
            _position += symbol.Length;
            return token;
        }

        throw new ConditionException(Advice(), text, _position);
    }

    private string Advice()
    {
        var rest = text.AsSpan(_position);
        if (rest.StartsWith("&&")) return "'&&' is written 'and' here; expected an operator, got '&&'";
        if (rest.StartsWith("||")) return "'||' is written 'or' here; expected an operator, got '||'";
        if (rest.StartsWith("${{")) return "an expression '${{ }}' may not stand here; write the name alone";
        if (rest.StartsWith("!")) return "'!' is written 'not' here; expected an operator, got '!'";
        if (rest.StartsWith("=")) return "'=' is written '==' here; expected a comparison, got '='";
        if (rest.StartsWith("%")) return "'%' follows a number without a space, as in 5%; expected an operator, got '%'";
        return $"unexpected character '{rest[0]}'";
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek())) _position++;
    }

    private char Peek() => _position < text.Length ? text[_position] : '\0';

    private char PeekNext() => _position + 1 < text.Length ? text[_position + 1] : '\0';
}
