using System.Text;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>Texts for Slack's markup. What comes from outside goes through <see cref="Escape"/>, so that it mentions nobody, calls no channel and hides no link. Pure.</summary>
public static partial class SlackText
{
    private const char Ellipsis = '…';

    /// <summary>A text of others as it reads, in one line: without mentions, calls, links behind words, control and direction characters.</summary>
    public static string Escape(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value is '\r' or '\n' or '\t' || category is System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator) escaped.Append(' ');
            else if (category is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format) continue;
            else if (rune.Value == '&') escaped.Append("&amp;");
            else if (rune.Value == '<') escaped.Append("&lt;");
            else if (rune.Value == '>') escaped.Append("&gt;");
            else escaped.Append(rune);
        }

        return Calls().Replace(escaped.ToString(), "@\u200B$1");
    }

    /// <summary>A person as Slack notifies them; only an id that looks like one of a person's.</summary>
    public static string? Mention(string user) => UserId().IsMatch(user) ? $"<@{user}>" : null;

    /// <summary>A link to an absolute http or https address, under words of ours; the words alone where the address is none.</summary>
    public static string Link(string? address, string words) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.AbsoluteUri.IndexOfAny(['|', '<', '>', ' ']) < 0
            ? $"<{uri.AbsoluteUri.Replace("&", "&amp;", StringComparison.Ordinal)}|{Escape(words)}>"
            : Escape(words);

    /// <summary>A moment as each reader's own clock shows it, with UTC for programs that do not know how.</summary>
    public static string Date(DateTimeOffset at)
    {
        var utc = at.ToUniversalTime();
        return FormattableString.Invariant($"<!date^{utc.ToUnixTimeSeconds()}^{{date_short_pretty}} {{time}}|{utc:yyyy-MM-dd HH:mm} UTC>");
    }

    /// <summary>At most so many characters; what is cut ends with an ellipsis and never inside an escape, a link or a character.</summary>
    public static string Cut(string text, int maximum)
    {
        if (text.Length <= maximum) return text;
        var end = maximum - 1;
        if (char.IsLowSurrogate(text[end])) end--;
        var open = text.LastIndexOf('<', end - 1);
        if (open >= 0 && text.IndexOf('>', open) is var close && close >= end) end = open;
        var entity = text.LastIndexOf('&', Math.Max(end - 1, 0));
        if (entity >= 0 && end - entity < 5 && text.IndexOf(';', entity) is var semicolon && semicolon >= end) end = entity;
        return text[..end] + Ellipsis;
    }

    [GeneratedRegex("@(here|channel|everyone|group)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Calls();

    [GeneratedRegex("^[UW][A-Z0-9]{1,30}$", RegexOptions.CultureInvariant)]
    private static partial Regex UserId();
}
