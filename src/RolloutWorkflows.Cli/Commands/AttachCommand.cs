using System.CommandLine;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout attach RUN --document NAME FILE</c>.</summary>
internal static class AttachCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "The run's id, as `rollout list` shows it." };

    private static readonly Argument<string> File = new("FILE") { Description = "The document: text or binary, at most 4 MiB. It is kept as it is, and never executed or shown as a page." };

    private static readonly Option<string> Document = new("--document")
    {
        Description = "The document's name within the run, as the playbook's checks ask for it.",
        HelpName = "NAME",
        Required = true,
    };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("attach", "Attaches a document to a run, such as the latest test matrix; its digest goes into the record.")
        {
            Remarks = "Attaching a document of the same name again makes its next version; earlier ones are kept. A check such as evidence/attached that failed for want of it is tried again by `rollout retry`.",
            Examples =
            [
                new("rollout attach cloak-marketplace-20260301-k7qa --document test-matrix matrix.md", "Attaches matrix.md as test-matrix, with your name, the time and its SHA-256."),
                new("rollout attach cloak-marketplace-20260301-k7qa --document test-matrix matrix.md --reason \"run 4711 of the suite\"", "Says where it comes from."),
            ],
        };
        command.Add(Run);
        command.Add(File);
        foreach (var option in new Option[] { Document, CommonOptions.Reason, CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, (client, parsed, cancellation) => AttachAsync(terminal, client, parsed, cancellation)));
        return command;
    }

    private static async Task<int> AttachAsync(Terminal terminal, RolloutClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var (name, file) = (DocumentOption.RequireName(parsed.GetValue(Document)!), parsed.GetValue(File)!);
        var answer = await client.AttachAsync(parsed.GetValue(Run)!, name, DocumentOption.ReadFile(file), DocumentOption.MediaTypeOf(file), parsed.GetValue(CommonOptions.Reason), cancellation);
        if (parsed.GetValue(CommonOptions.Json)) terminal.Json(answer);
        else terminal.Line(Printable.Line($"Attached {answer.Document} to {answer.RunId}.{(answer.Recorded ? "" : " The run has not written it down yet; its record will show it.")}"));
        return ExitCode.Ok;
    }
}
