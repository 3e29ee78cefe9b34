using System.CommandLine;
using System.Globalization;
using RolloutWorkflows.Host;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout keys …</c>: works on the server's file, whether the server runs or not.</summary>
internal static class KeysCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The person's id as in people.yaml, or the service's name." };

    private static readonly Argument<string> Id = new("ID") { Description = "The key's id, as `rollout keys list` shows it." };

    private static readonly Option<KeyRole> Role = new("--role")
    {
        Description = "reader: sees everything. operator: also starts, commands and changes flags. admin: also what is kept for admins.",
        HelpName = "ROLE",
        DefaultValueFactory = _ => KeyRole.Operator,
        CustomParser = result => Enum.TryParse<KeyRole>(result.Tokens[0].Value, ignoreCase: true, out var role) && !char.IsAsciiDigit(result.Tokens[0].Value[0]) ? role : Wrong<KeyRole>(result, "--role: expected reader, operator or admin"),
    };

    private static readonly Option<bool> Service = new("--service") { Description = "The key is a program's: it may do what its role allows, and never approves, confirms, ignores, promotes or overrides." };

    private static readonly Option<string?> Expires = new("--expires") { Description = "When it stops working: a span such as 90d or 12h, or a moment such as 2027-01-31T00:00Z. Default: never.", HelpName = "WHEN" };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("keys", "Makes, lists and revokes the keys of a server. Works on its data folder, whether it runs or not.")
        {
            Remarks = "Run it where the server runs, as the user that runs it. Only hashes of keys are stored.",
            Examples =
            [
                new("rollout keys add ada --role admin", "Makes a key and shows it, once."),
                new("rollout keys list", "Shows whose keys there are."),
                new("rollout keys revoke k7qa2m", "Makes a key useless at once."),
            ],
        };
        command.Add(Add(terminal));
        command.Add(List(terminal));
        command.Add(Revoke(terminal));
        return command;
    }

    private static ExampledCommand Named(string name, string description, IReadOnlyList<Example> examples, params Symbol[] symbols)
    {
        var command = new ExampledCommand(name, description) { Examples = examples };
        foreach (var argument in symbols.OfType<Argument>()) command.Add(argument);
        foreach (var option in symbols.OfType<Option>()) command.Add(option);
        foreach (var option in new Option[] { ServeCommand.Root, ServeCommand.Data, CommonOptions.Json }) command.Add(option);
        return command;
    }

    private static KeyFile FileOf(ParseResult parsed, Terminal terminal) => KeyFile.Of(LocationsOf(parsed), terminal.Time);

    private static HostLocations LocationsOf(ParseResult parsed) => HostLocations.Find(parsed.GetRequiredValue(ServeCommand.Root), parsed.GetValue(ServeCommand.Data));

    private static ExampledCommand Add(Terminal terminal)
    {
        var command = Named("add", "Makes a key and shows it, once: only its hash is stored. A running server takes it at once.",
            [
                new("rollout keys add ada --role admin", "Makes the first key of a server."),
                new("rollout keys add grace --expires 90d", "Makes an operator's key for three months."),
                new("rollout keys add web4 --service --role reader", "Makes a key with which a program asks for its flags."),
            ], Name, Role, Service, Expires);
        command.SetAction(parsed =>
        {
            var owner = new KeyOwner(parsed.GetRequiredValue(Name), parsed.GetValue(Service));
            RequireKnown(owner, LocationsOf(parsed));
            var minted = FileOf(parsed, terminal).Add(owner, parsed.GetValue(Role), Expiry(parsed, terminal));
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(new { key = minted.Text, minted.Stored.Id, minted.Stored.Owner, minted.Stored.IsService, minted.Stored.Role, minted.Stored.ExpiresAt });
            else terminal.Line(minted.Text);
            terminal.Note($"Key {minted.Stored.Id} of {owner}, {Words.Of(minted.Stored.Role)}. It is shown this once: keep it where only its owner finds it.");
            terminal.Note("Its owner uses it with `rollout login` or as the environment's ROLLOUT_KEY.");
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampledCommand List(Terminal terminal)
    {
        var command = Named("list", "Lists keys, without showing any.", [new("rollout keys list", "One line per key, the revoked and expired too.")]);
        command.SetAction(parsed =>
        {
            var keys = FileOf(parsed, terminal).Read();
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(keys.Select(key => new { key.Id, key.Owner, key.IsService, key.Role, key.Ending, key.CreatedAt, key.ExpiresAt, key.RevokedAt, valid = key.IsValidAt(terminal.Time.GetUtcNow()) }));
            else Write(terminal, keys);
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampledCommand Revoke(Terminal terminal)
    {
        var command = Named("revoke", "Makes a key useless at once, also for a running server.", [new("rollout keys revoke k7qa2m", "The id is the first column of `rollout keys list`.")], Id);
        command.SetAction(parsed =>
        {
            var file = FileOf(parsed, terminal);
            var id = parsed.GetRequiredValue(Id);
            var revoked = file.Revoke(id) ?? throw new CommandFailedException(ExitCode.No, $"no key has the id '{id}'{Suggestion.For(id, file.Read().Select(key => key.Id))}; `rollout keys list` shows them.");
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(new { revoked.Id, revoked.Owner, revoked.IsService, revoked.RevokedAt });
            else terminal.Line($"Key {revoked.Id} of {revoked.Owner} opens nothing any more.");
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Write(Terminal terminal, IReadOnlyList<StoredKey> keys)
    {
        if (keys.Count == 0)
        {
            terminal.Note("No keys. The first: rollout keys add NAME --role admin");
            return;
        }

        var table = new TextTable("ID", "OWNER", "IS A", "ROLE", "ENDS IN", "MADE", "STATE");
        foreach (var key in keys) table.Add(key.Id, key.Owner, key.IsService ? "service" : "person", Words.Of(key.Role), key.Ending, Spans.Moment(key.CreatedAt), State(key, terminal.Time.GetUtcNow()));
        table.Write(terminal.Out);
    }

    private static string State(StoredKey key, DateTimeOffset now) =>
        key.RevokedAt is { } revoked ? $"revoked {Spans.Moment(revoked)}"
        : key.ExpiresAt is not { } expiry ? "valid"
        : now < expiry ? $"valid until {Spans.Moment(expiry)}" : $"expired {Spans.Moment(expiry)}";

    /// <summary>A misspelt name would be a person who can do everything but vote; where people are named, it is found out here.</summary>
    private static void RequireKnown(KeyOwner owner, HostLocations locations)
    {
        var persons = locations.ReadPersons();
        if (!owner.IsService && persons.Count > 0 && !persons.Contains(owner.Name))
            throw new CommandFailedException(ExitCode.Usage, $"'{owner.Name}' is not among the persons of people.yaml{Suggestion.For(owner.Name, persons)}. Add them there, or make a program's key with --service.");
    }

    private static DateTimeOffset? Expiry(ParseResult parsed, Terminal terminal)
    {
        if (parsed.GetValue(Expires) is not { } text) return null;
        var now = terminal.Time.GetUtcNow();
        var moment = Playbooks.PlaybookDuration.TryParse(text, out var span) ? now + span
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var given) ? given : (DateTimeOffset?)null;
        return moment > now ? moment : throw new CommandFailedException(ExitCode.Usage, $"--expires: expected a span such as 90d or a moment to come such as 2027-01-31T00:00Z, got '{text}'.");
    }

    private static T Wrong<T>(System.CommandLine.Parsing.ArgumentResult result, string message)
    {
        result.AddError($"{message}, got '{result.Tokens[0].Value}'.");
        return default!;
    }
}
