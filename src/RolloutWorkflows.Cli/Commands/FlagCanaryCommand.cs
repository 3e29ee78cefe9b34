using System.CommandLine;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout flags canary …</c>: the users who have a flag whatever its percentage.</summary>
internal static class FlagCanaryCommand
{
    private static readonly Argument<string[]> Users = new("USER") { Description = "User ids.", Arity = ArgumentArity.OneOrMore };

    public static Command Create(Terminal terminal, Argument<string> flag)
    {
        var command = new ExampledCommand("canary", "Names the users who have a flag whatever its percentage.")
        {
            Examples =
            [
                new("rollout flags canary add intent_bar_v1_rollout ada grace", "Puts two users on the allowlist."),
                new("rollout flags canary off intent_bar_v1_rollout --reason \"canary is over\"", "The list is kept and has no effect."),
            ],
        };
        command.Add(Change(terminal, "on", "Lets the allowlist count.", flag, _ => new ChangeCanary { Enabled = true }));
        command.Add(Change(terminal, "off", "Keeps the allowlist and takes its effect away.", flag, _ => new ChangeCanary { Enabled = false }));
        command.Add(Change(terminal, "add", "Puts users on the allowlist.", flag, parsed => new ChangeCanary { Add = parsed.GetValue(Users) }, Users));
        command.Add(Change(terminal, "remove", "Takes users off the allowlist.", flag, parsed => new ChangeCanary { Remove = parsed.GetValue(Users) }, Users));
        command.Add(Change(terminal, "set", "Makes these users the whole allowlist and turns it on.", flag, parsed => new ChangeCanary { Users = parsed.GetValue(Users), Enabled = true }, Users));
        command.Add(List(terminal, "canary list", flag));
        return command;
    }

    /// <summary>The same in one word each, as <c>canary-add</c>.</summary>
    public static IEnumerable<ExampledCommand> Shortcuts(Terminal terminal, Argument<string> flag) =>
    [
        Change(terminal, "canary-add", "Puts users on the allowlist: canary add.", flag, parsed => new ChangeCanary { Add = parsed.GetValue(Users) }, Users),
        Change(terminal, "canary-remove", "Takes users off the allowlist: canary remove.", flag, parsed => new ChangeCanary { Remove = parsed.GetValue(Users) }, Users),
        List(terminal, "canary-list", flag),
    ];

    private static ExampledCommand List(Terminal terminal, string name, Argument<string> flag)
    {
        var command = FlagsCommand.Named(name.Split(' ')[^1], "Lists the users of the allowlist, one a line.", new Example($"rollout flags {name} intent_bar_v1_rollout", "Says as well where the list has no effect."), flag);
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var canary = (await client.GetAsync<FlagDetails>($"flags/{Uri.EscapeDataString(parsed.GetRequiredValue(flag))}", cancellation)).Flag.Canary;
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(canary);
            else foreach (var user in canary.Users) terminal.Line(user);
            if (!canary.Enabled) terminal.Note("The canary is off: the list has no effect.");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static ExampledCommand Change(Terminal terminal, string name, string description, Argument<string> flag, Func<ParseResult, ChangeCanary> change, Argument? users = null)
    {
        var example = new Example($"rollout flags {(name.StartsWith("canary-", StringComparison.Ordinal) ? "" : "canary ")}{name} intent_bar_v1_rollout{(users is null ? "" : " ada grace")}", description);
        var symbols = new Symbol?[] { flag, users, CommonOptions.Reason, FlagsCommand.BreakGlassReason, CommonOptions.As }.OfType<Symbol>().ToArray();
        var command = FlagsCommand.Named(name, description, example, symbols);
        command.SetAction(ServerCall.Of(terminal, (client, parsed, cancellation) => FlagsCommand.ChangeAsync(terminal, client, parsed, new ChangeFlagRequest { Canary = change(parsed) }, cancellation)));
        return command;
    }
}
