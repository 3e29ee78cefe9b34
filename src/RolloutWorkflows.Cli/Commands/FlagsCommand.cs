using System.CommandLine;
using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout flags …</c>: the built-in flags, read and changed by hand.</summary>
internal static class FlagsCommand
{
    private static readonly Argument<string> Flag = new("FLAG") { Description = "The flag's name." };

    private static readonly Argument<string> Value = new Argument<string>("VALUE") { Description = "true: on for everybody; false: off for everybody." }.AcceptOnlyFromAmong("true", "false");

    private static readonly Argument<double> Percent = new("PERCENT") { Description = "The share of users, 0 to 100." };

    private static readonly Argument<string> User = new("USER") { Description = "The user's id." };

    internal static readonly Option<string?> BreakGlassReason = new("--break-glass") { Description = "Change it although a run holds it, and why that cannot wait. Needs an admin; the run hears of it and holds.", HelpName = "REASON" };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("flags", "Reads and changes flags by hand. Every change is audited under your name.")
        {
            Examples =
            [
                new("rollout flags list", "Shows all flags."),
                new("rollout flags canary-add intent_bar_v1_rollout user123", "Puts a user on the allowlist."),
                new("rollout flags rollout intent_bar_v1_rollout 10 --reason \"by hand, no run\"", "Gives the flag to one user in ten."),
                new("rollout flags explain intent_bar_v1_rollout user-42", "Says whether a user has the flag, and why."),
            ],
        };
        command.Add(List(terminal));
        command.Add(Get(terminal));
        command.Add(Set(terminal));
        command.Add(Rollout(terminal));
        command.Add(FlagCanaryCommand.Create(terminal, Flag));
        foreach (var shortcut in FlagCanaryCommand.Shortcuts(terminal, Flag)) command.Add(shortcut);
        command.Add(FlagStatusCommand.Create(terminal));
        command.Add(Explain(terminal));
        command.Add(FlagTransferCommand.Export(terminal));
        command.Add(FlagTransferCommand.Import(terminal));
        return command;
    }

    internal static ExampledCommand Named(string name, string description, Example example, params Symbol[] symbols)
    {
        var command = new ExampledCommand(name, description) { Examples = [example] };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) command.Add(argument);
            else if (symbol is Option option) command.Add(option);
        }

        command.Add(CommonOptions.Server);
        command.Add(CommonOptions.Json);
        return command;
    }

    internal static async Task<int> ChangeAsync(Terminal terminal, RolloutClient client, ParseResult parsed, ChangeFlagRequest change, CancellationToken cancellation)
    {
        var changed = await client.SendAsync<FlagChanged>(HttpMethod.Put, Path(parsed.GetRequiredValue(Flag)), Signed(change, parsed), cancellation);
        if (parsed.GetValue(CommonOptions.Json)) terminal.Json(changed);
        else terminal.Line(Sentence(changed));
        return ExitCode.Ok;
    }

    /// <summary>The change with who makes it and why.</summary>
    internal static ChangeFlagRequest Signed(ChangeFlagRequest change, ParseResult parsed) => change with
    {
        Actor = ServerAddress.Actor(parsed),
        Reason = parsed.GetValue(CommonOptions.Reason),
        BreakGlass = parsed.GetValue(BreakGlassReason) is { } why ? new BreakGlass { Reason = why } : null,
    };

    /// <summary>How a flag stands after a change, and how it stood before.</summary>
    internal static string Sentence(FlagChanged changed) => changed.Changed
        ? $"{changed.After.Name}: {FlagText.Of(changed.After)} (was: {(changed.Before is { } before ? FlagText.Of(before) : "not there")})"
        : $"{changed.After.Name}: {FlagText.Of(changed.After)}, as before";

    private static string Path(string flag, string rest = "") => $"flags/{Uri.EscapeDataString(flag)}{rest}";

    private static ExampledCommand List(Terminal terminal)
    {
        var command = Named("list", "Lists all flags.", new("rollout flags list", "One line per flag."));
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var flags = await client.GetAsync<List<FlagState>>("flags", cancellation);
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(flags);
            else FlagText.WriteTable(terminal, flags);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static ExampledCommand Get(Terminal terminal)
    {
        var command = Named("get", "Shows a flag and its last changes.", new("rollout flags get intent_bar_v1_rollout", "Shows how it stands and who changed it."), Flag);
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var details = await client.GetAsync<FlagDetails>(Path(parsed.GetRequiredValue(Flag)), cancellation);
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(details);
            else FlagText.Write(terminal, details);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static ExampledCommand Set(Terminal terminal)
    {
        var command = Named("set", "Turns a flag on or off for everybody.", new("rollout flags set live_captions false --reason \"incident 12\"", "Off for everybody, whatever its percentage."), Flag, Value, CommonOptions.Reason, BreakGlassReason, CommonOptions.As);
        command.SetAction(ServerCall.Of(terminal, (client, parsed, cancellation) => ChangeAsync(terminal, client, parsed, new ChangeFlagRequest { Enabled = parsed.GetRequiredValue(Value) == "true" }, cancellation)));
        return command;
    }

    private static ExampledCommand Rollout(Terminal terminal)
    {
        var command = Named("rollout", "Sets the share of users who have a flag.", new("rollout flags rollout intent_bar_v1_rollout 0 --reason \"by hand\"", "Nobody has it but a canary's users."), Flag, Percent, CommonOptions.Reason, BreakGlassReason, CommonOptions.As);
        Percent.Validators.Clear();
        Percent.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && double.TryParse(given.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) && percent is not (>= 0 and <= 100))
                result.AddError($"PERCENT: expected 0 to 100, got '{given.Value}'.");
        });
        command.SetAction(ServerCall.Of(terminal, (client, parsed, cancellation) => ChangeAsync(terminal, client, parsed, new ChangeFlagRequest { Percent = parsed.GetValue(Percent) }, cancellation)));
        return command;
    }

    private static ExampledCommand Explain(Terminal terminal)
    {
        var command = Named("explain", "Says whether a user has a flag, and why. Ends with 0 either way.", new("rollout flags explain intent_bar_v1_rollout user-42", "Shows the rule that decides, and the user's place."), Flag, User);
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var explanation = await client.GetAsync<FlagExplanation>(Path(parsed.GetRequiredValue(Flag), $"/evaluate?user={Uri.EscapeDataString(parsed.GetRequiredValue(User))}"), cancellation);
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(explanation);
            else FlagText.Write(terminal, explanation);
            return ExitCode.Ok;
        }));
        return command;
    }
}
