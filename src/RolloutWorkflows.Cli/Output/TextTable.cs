namespace RolloutWorkflows.Cli;

/// <summary>Columns of plain text, wide enough and no wider, never wrapped: readable and easy to cut in a pipe.</summary>
internal sealed class TextTable(params string[] header)
{
    private readonly List<string[]> rows = [header];

    public void Add(params string[] cells) => rows.Add([.. cells.Select(Printable.Line)]);

    public void Write(TextWriter writer)
    {
        var widths = Enumerable.Range(0, header.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            writer.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
