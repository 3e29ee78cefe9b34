using System.CommandLine;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary>The commands that tell a run something: approve, reject, hold, resume, promote, retry, ignore, override, rollback, abort, handover, annotate.</summary>
internal static class RunCommands
{
    private static readonly Option<string?> Approval = new("--approval")
    {
        Description = "The approval's id, as status shows it. It may be left out where exactly one is open.",
        HelpName = "ID",
    };

    private static readonly Option<string?> CommandId = new("--command-id")
    {
        Description = "Your own id for this command: sent again with the same id it acts once. Default: a fresh one.",
        HelpName = "ID",
    };

    public static readonly Option<string?> Surface = new("--surface")
    {
        Description = "The one surface that is meant; the others go on. Default: the whole run.",
        HelpName = "NAME",
    };

    private static readonly Option<string> To = new("--to")
    {
        Description = "The person who becomes the owner.",
        HelpName = "PERSON",
        Required = true,
    };

    private static readonly Option<string?> BackTo = new("--to")
    {
        Description = "How far: start, stage-start, a stage's name, or a percentage such as 25. Default: as far as the playbook says.",
        HelpName = "TARGET",
    };

    public static IEnumerable<Command> Create(Terminal terminal) =>
    [
        Answer(terminal, "approve", "Approves what a run asks about: an approval or a confirmation.", "rollout approve --reason \"figures are fine\"", "Approves the one open question of the one run under way."),
        Answer(terminal, "reject", "Rejects what a run asks about.", "rollout reject web4-mycelia-20260301-k7qa --reason \"error rate rose\"", "Answers no; what follows is the playbook's onReject."),
        Hold(terminal),
        OfSurface(Tell(terminal, "resume", "Lets a held run go on.", "rollout resume --reason \"team is complete\"", "The run goes on where it was held.")),
        Tell(terminal, "promote", "Ends the remaining soak of the open stage, and nothing else: criteria, approval and guardrails still decide.", "rollout promote --reason \"enough traffic seen\"", "Skips what remains of the soak."),
        OfSurface(Tell(terminal, "retry", "Tries again what failed: a check, a step, or a rolled-back stage.",
            new Example("rollout retry --reason \"fixed in 1.4.2\"", "Runs the checks again, then goes on."),
            new Example("rollout retry --surface web --reason \"fixed in 1.4.2\"", "Carries out again what was rolled back of one surface."))),
        Tell(terminal, "ignore", "Goes on past a failed check; never past a sign-off, an approval or a Failed guardrail.", "rollout ignore --reason \"known false alarm, see the incident log\"", "Goes on as though the check had passed, and records who said so."),
        Tell(terminal, "override", "Opens a closed window for the stage that waits for it, until it would open by itself.", "rollout override --reason \"the fix cannot wait for Monday\"", "Needs an admin or a group under overrides, and never the starter."),
        Rollback(terminal),
        Tell(terminal, "abort", "Ends the run where it stands, and changes nothing.", "rollout abort --reason \"superseded\"", "What is in place stays in place and is listed."),
        Handover(terminal),
        Tell(terminal, "annotate", "Adds a remark to the run's record.", "rollout annotate --reason \"pager silenced 14:00 to 14:10\"", "Recorded with your name and the time."),
    ];

    private static ExampledCommand Answer(Terminal terminal, string name, string description, string example, string does)
    {
        var command = Tell(terminal, name, description, example, does);
        command.Add(Approval);
        return command;
    }

    private static ExampledCommand Hold(Terminal terminal)
    {
        var command = Tell(terminal, "hold", "Stops a run where it stands; guardrails and rollback stay awake.",
            new Example("rollout hold --reason \"support is understaffed today\"", "Nothing moves on until someone resumes."),
            new Example("rollout hold --all --reason \"the data centre is on fire\"", "Every run that has not ended, each with its answer."));
        command.Add(HoldAll.All);
        return OfSurface(command);
    }

    private static ExampledCommand Rollback(Terminal terminal)
    {
        var command = Tell(terminal, "rollback", "Takes back what the run did, newest first, and reads everything back. A run that has ended goes back until another run has changed the same.",
            new Example("rollout rollback --reason \"customers report lost drafts\"", "Accepted in every state, at once."),
            new Example("rollout rollback --surface mobile --reason \"crashes on Android 15\"", "Takes one surface back; the others stay up and go on."),
            new Example("rollout rollback --to 25 --reason \"half of the users is too many\"", "Gradually: the flag falls from 50 % to 25 %, and the rest stands."),
            new Example("rollout rollback --to start --reason \"data loss\"", "In an emergency: everything, whatever the playbook says."),
            new Example("rollout rollback --dry-run", "Shows what would be restored now, and changes nothing."));
        command.Add(BackTo);
        command.Add(RollbackDryRun.DryRun);
        command.Validators.Add(result =>
        {
            if (result.GetValue(RollbackDryRun.DryRun) && result.GetValue(BackTo) is not null) result.AddError("--dry-run shows the playbook's own way back; leave --to out.");
        });
        return OfSurface(command);
    }

    private static ExampledCommand OfSurface(ExampledCommand command)
    {
        command.Add(Surface);
        return command;
    }

    private static ExampledCommand Handover(Terminal terminal)
    {
        var command = Tell(terminal, "handover", "Makes another person the owner, who confirms promotions from now on.", "rollout handover --to grace --reason \"on leave until Monday\"", "For the present owner, or an admin.");
        command.Add(To);
        return command;
    }

    private static ExampledCommand Tell(Terminal terminal, string name, string description, string example, string does) =>
        Tell(terminal, name, description, new Example(example, does));

    private static ExampledCommand Tell(Terminal terminal, string name, string description, params Example[] examples)
    {
        var command = new ExampledCommand(name, description) { Examples = examples };
        command.Add(CommonOptions.Run);
        foreach (var option in new Option[] { CommonOptions.Reason, CommonOptions.As, CommandId, CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, (client, parsed, cancellation) => SendAsync(terminal, name, client, parsed, cancellation)));
        return command;
    }

    private static async Task<int> SendAsync(Terminal terminal, string name, RolloutClient client, ParseResult parsed, CancellationToken cancellation)
    {
        if (name == "rollback" && parsed.GetValue(RollbackDryRun.DryRun))
            return await RollbackDryRun.RunAsync(terminal, client, await RunChoice.ResolveAsync(client, parsed, cancellation), parsed, cancellation);
        if (name == "hold" && parsed.GetValue(HoldAll.All)) return await HoldAll.RunAsync(terminal, client, Request(parsed), parsed, cancellation);
        var run = await RunChoice.ResolveAsync(client, parsed, cancellation);
        var request = Request(parsed);
        if (name is "approve" or "reject") request = await ShownAsync(terminal, client, run, request, parsed.GetValue(CommonOptions.Json), cancellation);
        var answer = await client.CommandAsync(run, name, request, cancellation);
        if (parsed.GetValue(CommonOptions.Json)) terminal.Json(answer);
        else terminal.Line(answer.Message);
        return ExitCode.Ok;
    }

    /// <summary>Says what is answered, and answers that: a question that becomes void between the two is not the one that was meant.</summary>
    private static async Task<CommandRequest> ShownAsync(Terminal terminal, RolloutClient client, string run, CommandRequest request, bool json, CancellationToken cancellation)
    {
        var open = (await client.GetAsync(run, after: long.MaxValue, cancellation)).Run.OpenApprovals;
        var meant = request.ApprovalId is { } id ? open.FirstOrDefault(approval => approval.ApprovalId == id) : open.Count == 1 ? open[0] : null;
        if (meant is null) return request;
        if (!json)
        {
            terminal.Line(Printable.Line(meant.Prompt));
            ApprovalText.WriteShown(terminal.Out, meant);
        }

        return request with { ApprovalId = meant.ApprovalId };
    }

    private static CommandRequest Request(ParseResult parsed) => new()
    {
        Actor = ServerAddress.Actor(parsed),
        Reason = parsed.GetValue(CommonOptions.Reason),
        ApprovalId = parsed.CommandResult.Command.Options.Contains(Approval) ? parsed.GetValue(Approval) : null,
        To = parsed.CommandResult.Command.Options.Contains(To) ? parsed.GetValue(To) : parsed.CommandResult.Command.Options.Contains(BackTo) ? parsed.GetValue(BackTo) : null,
        Surface = parsed.CommandResult.Command.Options.Contains(Surface) ? parsed.GetValue(Surface) : null,
        CommandId = parsed.GetValue(CommandId),
        Via = "cli",
    };
}
