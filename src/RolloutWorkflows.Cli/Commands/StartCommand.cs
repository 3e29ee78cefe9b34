using System.CommandLine;
using System.Text.Json;
using RolloutWorkflows.Host;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout start PLAYBOOK</c>.</summary>
internal static class StartCommand
{
    private static readonly Argument<string?> Playbook = new("PLAYBOOK") { Description = "The playbook's name in the server's catalog; left out with --file.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> File = new("--file") { Description = "A playbook file of your own instead of one of the catalog; needs an admin's key.", HelpName = "FILE" };

    private static readonly Option<double?> Compression = new("--time-compression")
    {
        Description = "How many times faster waits pass; only for demos, where the server allows it.",
        HelpName = "FACTOR",
    };

    private static readonly Option<string?> Supersedes = new("--supersedes") { Description = "The earlier run of the same playbook, rolled back or aborted, to take over from; with --from.", HelpName = "RUN" };

    private static readonly Option<string?> From = new("--from") { Description = "With --supersedes: the first stage to carry out. Those before it stay as the earlier run promoted them.", HelpName = "STAGE" };

    private static readonly Option<bool> Watch = new("--watch") { Description = "Stay and watch the run until it ends." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only check whether it could start now, and print the plan; nothing is stored." };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("start", "Starts a run of a playbook.")
        {
            Remarks = "`rollout playbooks` lists the server's playbooks. A playbook of your own (--file) needs an admin's key.",
            Examples =
            [
                new("rollout start web4-mycelia --reason \"Intent Bar, sprint 14\"", "Starts a run with the playbook's defaults, in your name."),
                new("rollout start web4-mycelia --input flag=applets_v1_rollout --input trustedUsers=ada,bo,cy,di,eve", "Gives inputs; a list is written with commas."),
                new("rollout start cloak-marketplace --attach test-matrix=matrix.md --input commit=3f2a…", "Starts it with a document that its first check asks for."),
                new("rollout start web4-mycelia --dry-run", "Makes every check of a start and prints the plan; starts nothing."),
                new("rollout start web4-mycelia --supersedes web4-mycelia-20260301-k7qa --from ten-percent --reason \"with the fix\"", "Takes over from a run that was rolled back or aborted, with new checks and approvals."),
                new("rollout start web4-mycelia --watch --json", "Prints the run's record as JSON lines until it ends."),
            ],
        };
        command.Add(Playbook);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Playbook) is null or { Tokens.Count: 0 } == (result.GetResult(File) is null)) result.AddError("Required argument 'PLAYBOOK' missing, or --file beside it: name a playbook of the catalog, or give a file.");
            if (result.GetResult(Supersedes) is null != result.GetResult(From) is null) result.AddError("--supersedes and --from belong together: --supersedes RUN --from STAGE names the earlier run and the first stage to carry out.");
        });
        foreach (var option in new Option[] { File, InputOption.Instance, DocumentOption.AtStart, CommonOptions.Reason, CommonOptions.As, Supersedes, From, Compression, DryRun, Watch, CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, (client, parsed, cancellation) => StartAsync(terminal, client, parsed, cancellation)));
        return command;
    }

    private static async Task<int> StartAsync(Terminal terminal, RolloutClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var request = new StartRolloutRequest
        {
            Playbook = parsed.GetValue(Playbook),
            PlaybookText = parsed.GetValue(File) is { } file ? PlaybookText.Read(file) : null,
            Inputs = InputOption.Read(parsed).ToDictionary(input => input.Key, input => JsonSerializer.SerializeToElement(input.Value)),
            Documents = DocumentOption.Read(parsed),
            Reason = parsed.GetValue(CommonOptions.Reason),
            Actor = ServerAddress.Actor(parsed),
            Supersedes = parsed.GetValue(Supersedes) is { } earlier ? new SupersedeRequest { Run = earlier, From = parsed.GetValue(From) } : null,
            TimeCompression = parsed.GetValue(Compression),
        };
        if (parsed.GetValue(DryRun))
        {
            var preview = await client.PreviewStartAsync(request, cancellation);
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(preview);
            else terminal.Out.Write(PlanText.Render(preview.Plan));
            Warn(terminal, preview.Warnings);
            terminal.Note("It could start now; nothing was started.");
            return ExitCode.Ok;
        }

        var answer = await client.StartAsync(request, cancellation);
        Warn(terminal, answer.Warnings);
        if (!parsed.GetValue(Watch))
        {
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(answer);
            else terminal.Line(answer.RunId);
            terminal.Note($"Started. Watch it: rollout watch {answer.RunId}");
            return ExitCode.Ok;
        }

        terminal.Note($"Started {answer.RunId}.");
        return await WatchCommand.WatchAsync(terminal, client, answer.RunId, parsed.GetValue(CommonOptions.Json), cancellation);
    }

    private static void Warn(Terminal terminal, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings) terminal.Note($"Warning: {warning}");
    }
}
