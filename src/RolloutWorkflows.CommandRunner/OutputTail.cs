using System.Globalization;
using System.Text;

namespace RolloutWorkflows.CommandRunner;

/// <summary>
/// The end of what a command writes: the last whole lines up to a limit, with secrets masked and without characters that
/// would steer a terminal. Thread-safe.
/// </summary>
/// <param name="limit">How many characters are kept.</param>
/// <param name="secrets">Texts that must not be seen.</param>
public sealed class OutputTail(int limit, IReadOnlyList<string> secrets)
{
    private const string Masked = "***";

    private readonly Lock gate = new();
    private readonly StringBuilder kept = new();
    private readonly int longest = secrets.Count == 0 ? 0 : secrets.Max(secret => secret.Length);
    private bool isCut;

    public void Append(ReadOnlySpan<char> text)
    {
        lock (gate)
        {
            kept.Append(text);
            // More than is shown, so that no secret is cut in two where it would be shown.
            var surplus = kept.Length - (2 * (limit + longest));
            if (surplus <= 0) return;
            kept.Remove(0, kept.Length - (limit + longest));
            isCut = true;
        }
    }

    /// <summary>What is to be shown.</summary>
    public string Text()
    {
        string raw;
        bool cut;
        lock (gate) (raw, cut) = (kept.ToString(), isCut);
        var text = Neutral(Mask(raw));
        // The beginning of what is left may be the end of a secret.
        if (cut) text = text[Math.Min(longest, text.Length)..];
        if (text.Length <= limit && !cut) return text.TrimEnd();
        if (text.Length > limit) text = text[^limit..];
        var line = text.IndexOf('\n', StringComparison.Ordinal);
        return "…" + (line >= 0 && line < text.Length - 1 ? text[line..] : text).TrimEnd();
    }

    private string Mask(string text) => secrets.Where(secret => secret.Length > 0)
        // Longest first: a secret may be the beginning of another.
        .OrderByDescending(secret => secret.Length)
        .Aggregate(text, (masked, secret) => masked.Replace(secret, Masked, StringComparison.Ordinal));

    private static string Neutral(string text)
    {
        var neutral = new StringBuilder(text.Length);
        foreach (var sign in text)
        {
            if (sign == '\r') continue;
            neutral.Append(sign is '\n' or '\t' || !(char.IsControl(sign) || char.GetUnicodeCategory(sign) == UnicodeCategory.Format) ? sign : '\uFFFD');
        }

        return neutral.ToString();
    }
}
