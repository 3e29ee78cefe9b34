using System.Text;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Cli;

/// <summary>Breaks long lines between words, so that they fit a narrow terminal; what goes on is indented below its beginning.</summary>
internal sealed partial class WrappedWriter(TextWriter inner, int width) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(Wrap(value ?? ""));

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(Wrap(value ?? ""));

    public override void Flush() => inner.Flush();

    private string Wrap(string text) => string.Join('\n', text.Split('\n').Select(WrapLine));

    private string WrapLine(string line)
    {
        if (line.Length <= width) return line;
        var indent = Indent(line);
        var wrapped = new StringBuilder();
        var start = 0;
        while (line.Length - start + Before(start) > width)
        {
            var room = width - Before(start);
            // A word that is longer than a line, an address for example, stays whole.
            var cut = line.LastIndexOf(' ', start + room, room - (start == 0 ? indent : 0));
            if (cut <= start && (cut = line.IndexOf(' ', start + room)) < 0) break;
            wrapped.Append(line.AsSpan(start, cut - start).TrimEnd()).Append('\n').Append(' ', indent);
            start = cut + 1;
        }

        return wrapped.Append(line.AsSpan(start)).ToString();

        int Before(int position) => position == 0 ? 0 : indent;
    }

    /// <summary>Below an entry's message where the line is one of a run's record, a little to the right otherwise.</summary>
    private int Indent(string line) => Entry().Match(line) is { Success: true } entry && entry.Length < width / 2 ? entry.Length : line.Length - line.TrimStart().Length + 2;

    [GeneratedRegex(@"^\d\d:\d\d:\d\d\.\d{3}  \S+ +")]
    private static partial Regex Entry();
}
