using System.CommandLine;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout rollback --dry-run</c>.</summary>
internal static class RollbackDryRun
{
    public static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show what would be restored from which value to which, by the values as they stand now." };

    public static async Task<int> RunAsync(Terminal terminal, RolloutClient client, string runId, ParseResult parsed, CancellationToken cancellation)
    {
        var preview = await client.PreviewRollbackAsync(runId, cancellation, parsed.GetValue(RunCommands.Surface));
        if (parsed.GetValue(CommonOptions.Json)) terminal.Json(preview);
        else Write(terminal, preview);
        return ExitCode.Ok;
    }

    private static void Write(Terminal terminal, RollbackPreviewAnswer preview)
    {
        var within = preview.Objective is { } objective ? $" within {Spans.Of(objective)}" : "";
        terminal.Line($"{preview.RunId} ({Words.Of(preview.State)}) would roll back from {preview.Stage} to {preview.To}{within}; nothing was changed.");
        if (preview.Effects.Count == 0)
        {
            terminal.Line("Nothing that it changed stands, so there is nothing to restore.");
            return;
        }

        var table = new TextTable("TARGET", "NOW", "THEN", "STAGE", "WHAT");
        foreach (var effect in preview.Effects) table.Add(effect.Target, effect.From ?? "-", effect.To ?? "-", effect.Stage, effect.Message);
        table.Write(terminal.Out);
    }
}
