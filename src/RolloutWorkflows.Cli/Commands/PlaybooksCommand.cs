using System.CommandLine;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout playbooks</c>.</summary>
internal static class PlaybooksCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("playbooks", "Lists the server's playbooks, their inputs, and why one cannot be started.")
        {
            Examples =
            [
                new("rollout playbooks", "Shows what can be started."),
                new("rollout playbooks --json | jq -r '.[].name'", "Gives the names to a script."),
            ],
        };
        foreach (var option in new Option[] { CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var playbooks = await client.GetAsync<List<PlaybookSummary>>("api/playbooks", cancellation);
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(playbooks);
            else Write(terminal, playbooks);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static void Write(Terminal terminal, List<PlaybookSummary> playbooks)
    {
        if (playbooks.Count == 0) terminal.Note("No playbooks.");
        foreach (var playbook in playbooks)
        {
            terminal.Line($"{playbook.Name}{(playbook.Title is { } title ? $"  {title}" : "")}{(playbook.Startable ? "" : "  (cannot be started)")}");
            foreach (var (input, description) in playbook.Inputs) terminal.Line($"  --input {input}=…  {description}");
            foreach (var problem in playbook.Problems) terminal.Line($"  {problem}");
        }
    }
}
