using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary>Flags in plain text.</summary>
internal static class FlagText
{
    /// <summary>How a flag stands, in a few words: <c>10 %, canary of 5</c>.</summary>
    public static string Of(FlagState flag)
    {
        if (!flag.Enabled) return "off for everybody";
        if (flag.Kind == FlagKind.Boolean) return "on for everybody";
        var percent = string.Create(CultureInfo.InvariantCulture, $"{flag.Percent:0.######} %");
        return flag.Canary.Enabled ? $"{percent}, canary of {flag.Canary.Users.Count}" : percent;
    }

    public static void WriteTable(Terminal terminal, IReadOnlyList<FlagState> flags)
    {
        if (flags.Count == 0)
        {
            terminal.Note("No flags.");
            return;
        }

        var table = new TextTable("FLAG", "STANDS AT", "VERSION", "CHANGED", "BY");
        foreach (var flag in flags) table.Add(flag.Name, Of(flag), flag.Version.ToString(CultureInfo.InvariantCulture), Spans.Moment(flag.UpdatedAt), flag.UpdatedBy);
        table.Write(terminal.Out);
    }

    public static void Write(Terminal terminal, FlagDetails details)
    {
        var flag = details.Flag;
        terminal.Line($"{flag.Name}: {Of(flag)}");
        if (flag.Canary.Users.Count > 0) terminal.Line($"  allowlist{(flag.Canary.Enabled ? "" : " (off)")}: {string.Join(", ", flag.Canary.Users)}");
        foreach (var change in details.Audit) terminal.Line("  " + Audit(change));
    }

    public static string Audit(FlagAuditEntry change)
    {
        var what = change.Outcome switch
        {
            FlagChangeOutcome.Changed => $"{(change.Before is { } before ? Of(before) : "not there")} → {Of(change.After!)}",
            FlagChangeOutcome.Refused => "refused: a later change of the same run had been made",
            _ => "left as it stood",
        };
        var run = change.Fence is { } fence ? $" [{fence.RunId}{(change.Stage is { } stage ? $" {stage}" : "")}]" : "";
        return Printable.Line($"{Spans.Moment(change.At)}  {change.Actor}  {what}{run}{(change.Reason is { Length: > 0 } reason ? $" ({reason})" : "")}");
    }

    /// <summary>The decision, then everything that it rests on, in the order in which it is asked.</summary>
    public static void Write(Terminal terminal, FlagExplanation explanation)
    {
        terminal.Line($"{explanation.Flag} is {(explanation.Value ? "on" : "off")} for {explanation.User}: {explanation.Because}");
        terminal.Line($"  switch: {(explanation.Enabled ? "on" : "off for everybody")}");
        terminal.Line($"  canary: {(explanation.CanaryEnabled ? "on" : "off")}, the user is {(explanation.OnAllowlist ? "" : "not ")}on its allowlist");
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"  percentage: {explanation.Percent:0.######} %"));
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"  bucket: {explanation.Bucket} of 100000, the same for this user at every percentage; within from {(explanation.Bucket + 1) / 1000d:0.###} % on"));
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"  version of the flag: {explanation.Version}"));
    }
}
