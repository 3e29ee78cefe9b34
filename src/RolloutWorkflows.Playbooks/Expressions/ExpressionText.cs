namespace RolloutWorkflows.Playbooks.Expressions;

/// <summary>A piece of a text: literal, or the inside of one <c>${{ }}</c>.</summary>
internal readonly record struct TextPart(string Text, bool IsExpression);

/// <summary>Cuts a text at its <c>${{ }}</c> expressions.</summary>
internal static class ExpressionText
{
    public const string Opening = "${{";
    private const string Closing = "}}";

    public static bool HasExpression(string text) => text.Contains(Opening, StringComparison.Ordinal);

    /// <summary>True where the text is one expression and nothing else.</summary>
    public static bool IsWhole(string text) =>
        text.StartsWith(Opening, StringComparison.Ordinal) && text.IndexOf(Closing, StringComparison.Ordinal) == text.Length - Closing.Length;

    /// <summary>The parts in order; an expression that is never closed is an error.</summary>
    public static IEnumerable<TextPart> Split(string text)
    {
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf(Opening, position, StringComparison.Ordinal);
            if (open < 0)
            {
                yield return new TextPart(text[position..], false);
                yield break;
            }

            if (open > position) yield return new TextPart(text[position..open], false);
            var close = text.IndexOf(Closing, open, StringComparison.Ordinal);
            if (close < 0) throw new ExpressionException($"'{text[open..]}' is not closed; expected }}}}", text[open..]);
            yield return new TextPart(text[(open + Opening.Length)..close].Trim(), true);
            position = close + Closing.Length;
        }
    }
}
