using System.CommandLine;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout review RUN</c>: drafts a post-incident review.</summary>
internal static class ReviewCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "The run's id." };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("review", "Drafts the post-incident review of a run that was rolled back, from its own record.")
        {
            Remarks = "It knows the timeline, what was measured, what changed and was restored, what stays, and who decided what. What stands in [brackets] is for people to write. The server's own template takes its place where host.json names one: docs/evidence.md.",
            Examples =
            [
                new("rollout review web4-mycelia-20260301-k7qa > review.md", "Writes the draft into a file."),
                new("rollout review web4-mycelia-20260301-k7qa --json | jq -r .timeToRecover", "Gives a figure to a script."),
            ],
        };
        command.Add(Run);
        foreach (var option in new Option[] { CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var draft = await client.GetAsync<ReviewDraft>($"api/rollouts/{Uri.EscapeDataString(parsed.GetRequiredValue(Run))}/review", cancellation);
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(draft);
            else terminal.Line(draft.Markdown.TrimEnd('\n'));
            return ExitCode.Ok;
        }));
        return command;
    }
}
