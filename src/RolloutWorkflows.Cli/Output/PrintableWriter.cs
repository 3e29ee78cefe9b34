using System.Text;

namespace RolloutWorkflows.Cli;

/// <summary>Passes on only what a terminal shows and does not obey; see <see cref="Printable"/>.</summary>
/// <param name="inner">Where it goes.</param>
/// <param name="linesAreWhole">True where one call is one line, and a line break within it is somebody else's.</param>
internal sealed class PrintableWriter(TextWriter inner, bool linesAreWhole = false) : TextWriter
{
    public static TextWriter Over(TextWriter inner) => new PrintableWriter(inner);

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(Printable.Of(value.ToString()));

    public override void Write(string? value) => inner.Write(Printable.Of(value ?? ""));

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(linesAreWhole ? Printable.Line(value ?? "") : Printable.Of(value ?? ""));

    public override void Flush() => inner.Flush();
}
