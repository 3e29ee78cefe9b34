using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Puts text from outside (playbooks, inputs, reasons, names) into Markdown so that it is shown as it was written and does
/// nothing: it notifies nobody, links nowhere, begins no box, no tag and no new line. Pure.
/// </summary>
internal static partial class IssueText
{
    /// <summary>Longer texts are cut; nobody reads them in a checklist.</summary>
    public const int MostCharacters = 400;

    /// <summary>Invisible; stands between two characters that would mean something together.</summary>
    private const char Apart = '\u200b';

    private const string Special = "\\`*_[]~|!";

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _./%+=,:#'’–-");

    /// <summary>The text within a line. Web addresses in it can be followed, and show where they lead.</summary>
    public static string Inline(string? text, int most = MostCharacters)
    {
        var line = OneLine(text, most);
        var shown = new StringBuilder(line.Length + 16);
        var from = 0;
        foreach (var address in WebAddress().EnumerateMatches(line))
        {
            Append(shown, line.AsSpan(from, address.Index - from));
            from = address.Index + address.Length;
            shown.Append('<').Append(line, address.Index, address.Length).Append('>');
        }

        Append(shown, line.AsSpan(from));
        return shown.ToString();
    }

    private static void Append(StringBuilder shown, ReadOnlySpan<char> line)
    {
        for (var index = 0; index < line.Length; index++)
        {
            var character = line[index];
            var isWithinWord = character == '_' && index > 0 && index + 1 < line.Length && char.IsAsciiLetterOrDigit(line[index - 1]) && char.IsAsciiLetterOrDigit(line[index + 1]);
            _ = character switch
            {
                '<' => shown.Append("&lt;"),
                '>' => shown.Append("&gt;"),
                '&' => shown.Append("&amp;"),
                // A mention or a formula needs the next character at once.
                '@' or '$' => shown.Append(character).Append(Apart),
                _ when Special.Contains(character, StringComparison.Ordinal) && !isWithinWord => shown.Append('\\').Append(character),
                _ => shown.Append(character),
            };
        }
    }

    /// <summary>A name, set as code where it is one and as <see cref="Inline"/> where it holds anything else.</summary>
    public static string Code(string? name)
    {
        var line = OneLine(name, MostCharacters);
        return line.Length > 0 && !line.AsSpan().ContainsAnyExcept(Plain) ? $"`{line}`" : Inline(line);
    }

    /// <summary>One line without control characters, for titles and links, which are no Markdown.</summary>
    public static string OneLine(string? text, int most)
    {
        var line = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (line.Length >= most)
            {
                line.Append('…');
                break;
            }

            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
            }
            else if (!Misleads(rune))
            {
                line.Append(rune);
            }
        }

        return line.ToString().TrimEnd(' ');
    }

    /// <summary>A moment, absolute and in UTC.</summary>
    public static string Time(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    /// <summary>Turns the direction of text or is not seen at all.</summary>
    private static bool Misleads(Rune rune) =>
        rune.Value is 0x200b or 0x200e or 0x200f or 0x061c or 0xfeff or 0xfffd or >= 0x202a and <= 0x202e or >= 0x2060 and <= 0x2069 || rune.Value is >= 0xe0000 and <= 0xe007f;

    [GeneratedRegex(@"https?://[A-Za-z0-9._~:/?#&=%+,;-]*[A-Za-z0-9_~/#=%]", RegexOptions.CultureInvariant)]
    private static partial Regex WebAddress();
}
