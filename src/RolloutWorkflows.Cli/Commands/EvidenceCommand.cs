using System.CommandLine;
using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout evidence …</c>: what was checked, measured, approved and changed, document by document.</summary>
internal static class EvidenceCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "The run's id." };

    private static readonly Argument<int?> Number = new("N") { Description = "The document's number. Default: the newest.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Argument<string> Folder = new("FOLDER") { Description = "Where a folder with the run's id is made." };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("evidence", "Shows, exports and verifies the evidence of runs: a document for each promotion, each rollback and the end.")
        {
            Remarks = "Each document names the digest of the one before it, so that a changed, missing or added one is noticed: docs/evidence.md.",
            Examples =
            [
                new("rollout evidence list web4-mycelia-20260301-k7qa", "Lists the documents of a run."),
                new("rollout evidence export web4-mycelia-20260301-k7qa ./evidence", "Writes them into files."),
                new("rollout evidence verify ./evidence", "Checks the files, without a server."),
            ],
        };
        command.Add(List(terminal));
        command.Add(Show(terminal));
        command.Add(Export(terminal));
        command.Add(EvidenceVerifyCommand.Create(terminal));
        return command;
    }

    private static ExampledCommand List(Terminal terminal)
    {
        var command = new ExampledCommand("list", "Lists the documents of a run, and the head of their chain.")
        {
            Examples =
            [
                new("rollout evidence list web4-mycelia-20260301-k7qa", "Shows number, moment, what happened and digest."),
                new("rollout evidence list web4-mycelia-20260301-k7qa --json | jq -r .head", "Gives the head to a script, to be kept elsewhere."),
            ],
        };
        command.Add(Run);
        foreach (var option in new Option[] { CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var list = await ListAsync(client, parsed.GetRequiredValue(Run), cancellation);
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(list);
            else Write(terminal, list);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static ExampledCommand Show(Terminal terminal)
    {
        var command = new ExampledCommand("show", "Shows one document: Markdown, or the JSON that was hashed.")
        {
            Examples =
            [
                new("rollout evidence show web4-mycelia-20260301-k7qa", "Shows the newest document of the run."),
                new("rollout evidence show web4-mycelia-20260301-k7qa 3 --json | jq .approvals", "Gives the third to a script."),
            ],
        };
        command.Add(Run);
        command.Add(Number);
        foreach (var option in new Option[] { CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var run = parsed.GetRequiredValue(Run);
            if ((parsed.GetValue(Number) ?? await NewestAsync(client, run, cancellation)) is not { } number)
            {
                terminal.Complain($"{run} has no evidence yet: its first document is made when its first stage is promoted or goes back.");
                return ExitCode.No;
            }

            var text = await client.GetTextAsync(PathOf(run, number), parsed.GetValue(CommonOptions.Json) ? "application/json" : "text/markdown", cancellation);
            terminal.Line(text.TrimEnd('\n'));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static ExampledCommand Export(Terminal terminal)
    {
        var command = new ExampledCommand("export", "Writes the evidence of a run into files: JSON, Markdown, the lines of the record, and the list of all.")
        {
            Remarks = "Files that stand there with the same content stay; one with other content is never overwritten, and the command fails.",
            Examples = [new("rollout evidence export web4-mycelia-20260301-k7qa ./evidence", "Writes ./evidence/web4-mycelia-20260301-k7qa/0001-….json and so on.")],
        };
        command.Add(Run);
        command.Add(Folder);
        foreach (var option in new Option[] { CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var (run, folder) = (parsed.GetRequiredValue(Run), parsed.GetRequiredValue(Folder));
            var list = await ListAsync(client, run, cancellation);
            var documents = await ReadAsync(client, list, cancellation);
            if (documents.Count == 0)
            {
                terminal.Complain($"{run} has no evidence yet.");
                return ExitCode.No;
            }

            foreach (var file in documents.SelectMany(EvidenceFiles.Of).Concat(EvidenceFiles.Signed(EvidenceFiles.ChainOf(documents), list.ChainSignature)))
                if (await EvidenceFiles.WriteAsync(Path.Combine(folder, run), file, cancellation) is { } problem)
                    throw new CommandFailedException(ExitCode.No, problem);
            if (list.ChainSignature is null) ForgetSignature(terminal, Path.Combine(folder, run), wasSigned: documents.Any(document => document.Signature is not null));
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(new { folder = Path.GetFullPath(Path.Combine(folder, run)), documents = documents.Count, head = documents[^1].Sha256 });
            else terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{documents.Count} document(s) in {Path.Combine(folder, run)}, head {documents[^1].Sha256}."));
            return ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>The signature of an earlier, shorter list would look like forgery beside this one.</summary>
    private static void ForgetSignature(Terminal terminal, string folder, bool wasSigned)
    {
        File.Delete(Path.Combine(folder, EvidenceFiles.ChainName + EvidenceFiles.SignatureSuffix));
        if (wasSigned) terminal.Complain($"{EvidenceFiles.ChainName} is not signed, since the server cannot use its signing key now; `rollout doctor` says why. Export again once it can.");
    }

    private static Task<EvidenceList> ListAsync(RolloutClient client, string run, CancellationToken cancellation) =>
        client.GetAsync<EvidenceList>($"api/rollouts/{Uri.EscapeDataString(run)}/evidence", cancellation);

    private static async Task<int?> NewestAsync(RolloutClient client, string run, CancellationToken cancellation) =>
        (await ListAsync(client, run, cancellation)).Documents is [.., var newest] ? newest.Number : null;

    private static async Task<IReadOnlyList<StoredEvidence>> ReadAsync(RolloutClient client, EvidenceList list, CancellationToken cancellation)
    {
        var documents = new List<StoredEvidence>();
        foreach (var summary in list.Documents)
        {
            var path = PathOf(list.RunId, summary.Number);
            documents.Add(new StoredEvidence
            {
                RunId = list.RunId,
                Number = summary.Number,
                Kind = summary.Kind,
                Stage = summary.Stage,
                Attempt = summary.Attempt,
                At = summary.At,
                Summary = summary.Summary,
                LastLine = summary.LastLine,
                Sha256 = summary.Sha256,
                Previous = summary.Previous,
                Json = await client.GetTextAsync(path, "application/json", cancellation),
                Markdown = await client.GetTextAsync(path, "text/markdown", cancellation),
                Record = await client.GetTextAsync(path, "application/jsonl", cancellation),
                Signature = summary.Signature,
            });
        }

        return documents;
    }

    private static string PathOf(string run, int number) => string.Create(CultureInfo.InvariantCulture, $"api/rollouts/{Uri.EscapeDataString(run)}/evidence/{number}");

    private static void Write(Terminal terminal, EvidenceList list)
    {
        if (list.Documents.Count == 0)
        {
            terminal.Note("No documents yet.");
            return;
        }

        var table = new TextTable("N", "AT", "KIND", "STAGE", "WHAT HAPPENED", "SHA-256");
        foreach (var document in list.Documents)
            table.Add(document.Number.ToString(CultureInfo.InvariantCulture), Spans.Moment(document.At), Words.Of(document.Kind), document.Stage ?? "-", document.Summary, document.Sha256);
        table.Write(terminal.Out);
        terminal.Line($"Head: {list.Head}");
    }
}
