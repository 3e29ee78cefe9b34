using System.Globalization;
using System.Text;

namespace RolloutWorkflows.Cli;

/// <summary>
/// Texts that others wrote (reasons, titles, flag names), made harmless for a terminal: what would move its cursor,
/// colour its text or turn its reading direction is written out as a code instead.
/// </summary>
internal static class Printable
{
    /// <summary>On one line: a line break becomes <c>⏎</c>, so that no text can pretend to be the next line.</summary>
    public static string Line(string text) => Of(text.ReplaceLineEndings(" ⏎ ").Replace('\t', ' '));

    /// <summary>With its line breaks and tabs.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsHarmful)) return text;
        var safe = new StringBuilder();
        foreach (var letter in text.ReplaceLineEndings("\n"))
        {
            if (IsHarmful(letter)) safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else safe.Append(letter);
        }

        return safe.ToString();
    }

    private static bool IsHarmful(char letter) =>
        (char.IsControl(letter) && letter is not ('\n' or '\t')) || letter is '\u061c' or (>= '\u200e' and <= '\u200f') or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
