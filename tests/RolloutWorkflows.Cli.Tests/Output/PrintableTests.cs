using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli.Tests.Output;

/// <summary>What others wrote is shown by a terminal and never obeyed by it.</summary>
public sealed class PrintableTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", @"\u001b[31mred\u001b[0m")]
    [InlineData("\u001b]0;title\u0007", @"\u001b]0;title\u0007")]
    [InlineData("over\rwritten\u0007", "over\nwritten\\u0007", @"over ⏎ written\u0007")]
    [InlineData("one\ntwo", "one\ntwo", "one ⏎ two")]
    [InlineData("\u009b2J", @"\u009b2J")]
    [InlineData("user\u202etxt.exe", @"user\u202etxt.exe")]
    [InlineData("line\u2028separator", "line\nseparator", "line ⏎ separator")]
    [InlineData("back\b\b\b\b", @"back\u0008\u0008\u0008\u0008")]
    [InlineData("<script>alert(1)</script> ümläut 日本 ✓", "<script>alert(1)</script> ümläut 日本 ✓")]
    public void Text_OfOthers_GivesATerminalNoOrders(string text, string shown, string? onOneLine = null)
    {
        Assert.Equal(shown, Printable.Of(text));
        Assert.Equal(onOneLine ?? shown, Printable.Line(text));
    }

    [Fact]
    public void Reason_WithLineBreaks_CannotForgeAnEntryOfTheRecord()
    {
        var entry = new RunLogEntry { EntryId = "1", At = Noon, PlaybookTime = Noon, Kind = RunLogKind.CommandAccepted, Actor = "ada", Message = "annotate by ada", Reason = "fine\n12:00:01.000  grace     approve by grace", RunId = "web4-1" };

        Assert.DoesNotContain('\n', RunText.Entry(entry));
        Assert.Contains("fine ⏎ 12:00:01.000", RunText.Entry(entry), StringComparison.Ordinal);
    }

    [Fact]
    public void Table_WithLineBreaksAndEscapesInACell_KeepsOneLinePerRow()
    {
        using var writer = new StringWriter();
        var table = new TextTable("FLAG", "BY");
        table.Add("bar\nbaz  100 %", "\u001b[2Jada");
        table.Write(writer);

        Assert.Equal(2, writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain('\u001b', writer.ToString());
    }

    [Fact]
    public void Terminal_WhateverIsWritten_PassesNoEscapeSequenceOn()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal { Out = output, Err = error, In = TextReader.Null, Interactive = false, CanAsk = false, Environment = _ => null };

        terminal.Line("\u001b[1mline");
        terminal.Out.Write("\u001b[1mwritten");
        terminal.Json(new { reason = "\u009b1m\u001b[1m" });
        terminal.Complain("\u001b[1mcomplaint");
        terminal.Note("\u001b[1mnote");

        Assert.DoesNotContain('\u001b', output.ToString() + error);
        Assert.DoesNotContain('\u009b', output.ToString());
    }
}
