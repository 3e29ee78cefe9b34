using System.CommandLine;
using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout flags export</c> and <c>rollout flags import</c>.</summary>
internal static class FlagTransferCommand
{
    private static readonly Argument<FileInfo> From = new("FILE") { Description = "A file as export writes it." };

    public static ExampledCommand Export(Terminal terminal)
    {
        var command = FlagsCommand.Named("export", "Writes all flags as JSON to standard output.", new("rollout flags export > flags.json", "Keeps how every flag stands; import brings it back."));
        command.SetAction(ServerCall.Of(terminal, async (client, _, cancellation) =>
        {
            terminal.Json(FlagFile.Of(await client.GetAsync<List<FlagState>>("flags", cancellation)));
            return ExitCode.Ok;
        }));
        return command;
    }

    public static ExampledCommand Import(Terminal terminal)
    {
        var command = FlagsCommand.Named("import", "Makes flags stand as a file says; flags that it does not name stay as they are. Ends with 1 where one was refused.",
            new("rollout flags import flags.json --reason \"moved from the old server\"", "Each change is audited under your name; a flag that a run holds is refused."), From, CommonOptions.Reason, FlagsCommand.BreakGlassReason, CommonOptions.As);
        command.SetAction(ServerCall.Of(terminal, (client, parsed, cancellation) => ImportAsync(terminal, client, parsed, cancellation)));
        return command;
    }

    private static async Task<int> ImportAsync(Terminal terminal, RolloutClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var done = new List<object>();
        var refused = 0;
        foreach (var entry in Read(parsed.GetRequiredValue(From)).Flags)
        {
            try
            {
                var changed = await client.SendAsync<FlagChanged>(HttpMethod.Put, $"flags/{Uri.EscapeDataString(entry.Name)}", FlagsCommand.Signed(entry.AsChange(), parsed), cancellation);
                done.Add(new { name = entry.Name, changed = changed.Changed, refusal = (string?)null });
                if (!parsed.GetValue(CommonOptions.Json)) terminal.Line(FlagsCommand.Sentence(changed));
            }
            catch (ServerProblemException problem) when (problem.Problem.Status is 400 or 409)
            {
                refused++;
                done.Add(new { name = entry.Name, changed = false, refusal = problem.Problem.Detail });
                terminal.Complain($"{entry.Name}: {problem.Problem.Detail}");
            }
        }

        if (parsed.GetValue(CommonOptions.Json)) terminal.Json(new { flags = done });
        return refused == 0 ? ExitCode.Ok : ExitCode.No;
    }

    private static FlagFile Read(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            return JsonSerializer.Deserialize<FlagFile>(stream, ApiJson.Options) ?? throw new JsonException("it is empty");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{file.FullName} cannot be read as flags: {unreadable.Message} Expected what `rollout flags export` writes.");
        }
    }
}
