using System.CommandLine;
using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary>Reads a playbook file and binds the inputs of the command line to it, for commands that need no server.</summary>
internal static class PlaybookFor
{
    /// <param name="terminal">Where problems are listed.</param>
    /// <param name="parsed">Holds <see cref="InputOption"/>.</param>
    /// <param name="file">The playbook file.</param>
    /// <param name="then">What does not happen where something is wrong, such as "there is no plan".</param>
    /// <param name="allowsMissing">True: a text that nobody gave yet stands as <c>&lt;NAME&gt;</c>, and a note says so.</param>
    /// <exception cref="CommandFailedException">The playbook is not valid, or the inputs do not fit it.</exception>
    public static (Playbook Playbook, IReadOnlyDictionary<string, JsonElement> Inputs) Read(Terminal terminal, ParseResult parsed, string file, string then, bool allowsMissing = false)
    {
        var loaded = PlaybookText.Load(file);
        if (loaded.Playbook is not { } playbook)
        {
            foreach (var problem in loaded.Problems) terminal.Note(problem.ToString());
            throw new CommandFailedException(ExitCode.Invalid, $"{file} is not valid, so {then}.");
        }

        var given = InputOption.Read(parsed).ToDictionary(
            input => input.Key, input => playbook.Inputs.TryGetValue(input.Key, out var definition) ? InputBinder.FromText(definition, input.Value) : JsonSerializer.SerializeToElement(input.Value));
        var inputs = InputBinder.Bind(playbook, given);
        if (inputs.IsValid) return (playbook, inputs.Values);
        var missing = TextsNotIn(playbook, given);
        // What stands for a text need not look as the text must.
        if (allowsMissing && inputs.Problems.Count == missing.Count
            && InputBinder.Bind(playbook with { Inputs = playbook.Inputs.Where(input => !missing.ContainsKey(input.Key)).ToDictionary() }, given) is { IsValid: true } others)
        {
            terminal.Note($"Not given yet, and shown by name: {string.Join(", ", missing.Keys)} (--input NAME=VALUE).");
            return (playbook, others.Values.Concat(missing).ToDictionary());
        }

        foreach (var problem in inputs.Problems) terminal.Note(problem.ToString());
        throw new CommandFailedException(ExitCode.Invalid, $"the inputs do not fit the playbook, so {then}.");
    }

    private static Dictionary<string, JsonElement> TextsNotIn(Playbook playbook, Dictionary<string, JsonElement> given) =>
        playbook.Inputs.Where(input => input.Value is { Type: InputType.String, Default: null } && !given.ContainsKey(input.Key))
            .ToDictionary(input => input.Key, input => JsonSerializer.SerializeToElement($"<{input.Key}>"));
}
