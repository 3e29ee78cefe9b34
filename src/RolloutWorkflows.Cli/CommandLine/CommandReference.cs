using System.CommandLine;
using System.CommandLine.Help;
using System.Text;

namespace RolloutWorkflows.Cli;

/// <summary>Writes the page of all commands from the commands themselves, so that it cannot say anything else.</summary>
internal static class CommandReference
{
    private const string Head = """
        # Command line

        `rollout` starts, watches and steers rollouts on a server, and checks playbooks without one. This page is generated
        from the commands; `rollout COMMAND --help` says the same.

        In a clone, `./rollout` builds the program when a source has changed and runs it.

        ## What holds everywhere
        - Data goes to standard output, everything else to standard error; `--json` makes the data JSON.
        - Colours and moving pictures appear only on a terminal; `NO_COLOR` turns colours off. In a pipe everything is plain lines.
        - The server is `--server`, else the environment's `ROLLOUT_SERVER`, else `http://127.0.0.1:7071`.
        - Your key says who you are: `--key-file`, else the environment's `ROLLOUT_KEY`, else what `rollout login` keeps for the
          server. It is never an option itself, since options are seen in process lists. Without any key the server lets people
          on its machine read.
        - `RUN` may be left out where exactly one run is under way.

        ## Exit codes
        | code | meaning |
        |---|---|
        | 0 | done |
        | 1 | the answer is no: not found, or the run was rolled back, aborted or failed |
        | 2 | the command line is wrong |
        | 3 | a playbook, an input or the configuration is invalid |
        | 4 | no server answers |
        | 5 | the server or the run refuses |
        | 130 | interrupted |

        """;

    public static string Of(Command root)
    {
        var page = new StringBuilder(Head).Append("\n## Commands\n");
        foreach (var command in root.Subcommands) Write(page, command, "rollout");
        return page.ToString();
    }

    private static void Write(StringBuilder page, Command command, string parent)
    {
        var path = $"{parent} {command.Name}";
        page.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n### {path}\n{command.Description}\n");
        if (command is ExampledCommand { Remarks: { } remarks }) page.Append('\n').Append(remarks).Append('\n');
        if (command.Subcommands.Count == 0) WriteUse(page, command, path);
        if (command is ExampledCommand { Examples: { Count: > 0 } examples })
        {
            page.Append("\n```bash\n");
            foreach (var example in examples) page.Append(System.Globalization.CultureInfo.InvariantCulture, $"{example.CommandLine}    # {example.Does}\n");
            page.Append("```\n");
        }

        foreach (var child in command.Subcommands) Write(page, child, path);
    }

    private static void WriteUse(StringBuilder page, Command command, string path)
    {
        var arguments = string.Concat(command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.Name}]" : $" {argument.Name}").Select((text, index) => command.Arguments[index].Arity.MaximumNumberOfValues > 1 ? text + "…" : text));
        page.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n`{path}{arguments}{(command.Options.Count > 0 ? " [options]" : "")}`\n");
        var rows = command.Arguments.Select(argument => ($"`{argument.Name}`", argument.Description))
            .Concat(command.Options.Where(option => option is not HelpOption).Select(option => ($"`{string.Join("`, `", option.Aliases.Prepend(option.Name))}`{(option.HelpName is { } value ? $" {value}" : "")}", option.Description))).ToList();
        if (rows.Count == 0) return;
        page.Append("\n| | |\n|---|---|\n");
        foreach (var (name, meaning) in rows) page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {name} | {meaning?.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
    }
}
