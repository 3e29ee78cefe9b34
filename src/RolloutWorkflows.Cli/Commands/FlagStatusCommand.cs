using System.Globalization;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout flags status</c>: how far every flag is, and what is being rolled out.</summary>
internal static class FlagStatusCommand
{
    public static ExampledCommand Create(Terminal terminal)
    {
        var command = FlagsCommand.Named("status", "Shows how far each flag is, and the runs that are under way.", new("rollout flags status", "The present state of every rollout, as /status.json has it."));
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var status = await client.GetAsync<LiveStatus>("status.json", cancellation);
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(status);
            else Write(terminal, status);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static void Write(Terminal terminal, LiveStatus status)
    {
        var flags = new TextTable("FLAG", "ON", "PERCENT", "CANARY", "CHANGED");
        foreach (var flag in status.Flags)
            flags.Add(flag.Name, flag.Enabled ? "yes" : "no", string.Create(CultureInfo.InvariantCulture, $"{flag.Percent:0.######} %"), flag.Canary ? $"{flag.CanaryUsers} users" : "off", Spans.Moment(flag.UpdatedAt));
        if (status.Flags.Count > 0) flags.Write(terminal.Out);
        else terminal.Note("No flags.");
        if (status.Rollouts.Count == 0)
        {
            terminal.Note("No run is under way.");
            return;
        }

        terminal.Line();
        var runs = new TextTable("RUN", "STATE", "STAGE", "BECAUSE");
        foreach (var run in status.Rollouts) runs.Add(run.RunId, Words.Of(run.State), run.Stage ?? "-", run.Because);
        runs.Write(terminal.Out);
    }
}
