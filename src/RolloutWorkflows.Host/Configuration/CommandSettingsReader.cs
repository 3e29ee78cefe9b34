using System.Text.RegularExpressions;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>Reads <c>extensions.rollout.commands</c>: the programs that playbooks may run, by name.</summary>
internal static partial class CommandSettingsReader
{
    private const int DefaultOutput = 16 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static Dictionary<string, AllowedCommand> Read(SettingsSection section, SettingsContext context, string root)
    {
        var commands = new Dictionary<string, AllowedCommand>(StringComparer.Ordinal);
        foreach (var name in section.Keys.ToList())
        {
            if (!Name().IsMatch(name)) context.Problem($"{section.Place}.{name}", "a name of letters, digits, '.', '_' and '-'", $"\"{name}\"");
            else if (ReadOne(section.Section(name), context, root) is { } command) commands[name] = command;
        }

        return commands;
    }

    private static AllowedCommand? ReadOne(SettingsSection command, SettingsContext context, string root)
    {
        var file = command.Text("file");
        if (string.IsNullOrEmpty(file)) context.Problem($"{command.Place}.file", "the program: a path, or a name that is found on PATH", file is null ? "nothing" : "an empty text");
        var environment = command.Section("environment");
        var read = new AllowedCommand
        {
            File = ToProgram(file ?? "", root),
            Arguments = command.Texts("arguments"),
            WorkingDirectory = command.Text("workingDirectory") is { } folder ? Path.GetFullPath(folder, root) : null,
            Environment = environment.Keys.ToList().ToDictionary(name => name, name => environment.Text(name) ?? "", StringComparer.Ordinal),
            Variables = ReadVariables(command, context),
            Timeout = ReadTimeout(command, context),
            OutputLimit = (int)(command.Number("outputLimit", 100, 1024 * 1024, whole: true) ?? DefaultOutput),
        };
        command.WarnOfUnknown();
        return string.IsNullOrEmpty(file) ? null : read;
    }

    /// <summary>A path is relative to the server's root; a bare name is looked up when the command runs.</summary>
    private static string ToProgram(string file, string root) => file.Contains('/', StringComparison.Ordinal) || file.Contains('\\', StringComparison.Ordinal) ? Path.GetFullPath(file, root) : file;

    private static IReadOnlyList<string> ReadVariables(SettingsSection command, SettingsContext context)
    {
        var variables = command.Texts("variables");
        foreach (var variable in variables.Where(variable => !Variable().IsMatch(variable)))
            context.Problem($"{command.Place}.variables", "names of environment variables: letters, digits and _", $"\"{variable}\"");
        return variables;
    }

    private static TimeSpan ReadTimeout(SettingsSection command, SettingsContext context)
    {
        var usual = new AllowedCommand { File = "" }.Timeout;
        if (command.Text("timeout") is not { } text) return usual;
        if (PlaybookDuration.TryParse(text, out var timeout) && timeout > TimeSpan.Zero && timeout <= Longest) return timeout;
        context.Problem($"{command.Place}.timeout", $"a duration such as 30s or 2h, at most {PlaybookDuration.Format(Longest)}", $"\"{text}\"");
        return usual;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$")]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Variable();
}
