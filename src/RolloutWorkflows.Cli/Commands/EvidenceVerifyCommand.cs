using System.CommandLine;
using System.Globalization;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout evidence verify FOLDER|FILE…</c>: needs no server.</summary>
internal static class EvidenceVerifyCommand
{
    /// <summary>A larger file is no evidence.</summary>
    private const long LargestFile = 256L * 1024 * 1024;

    private static readonly Argument<string[]> Paths = new("PATH") { Description = "Folders with exported evidence, or single documents (.json).", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<string?> Head = new("--head") { Description = "The digest that the last document must have, as it was kept elsewhere. For one run.", HelpName = "SHA256" };

    private static readonly Option<string?> PublicKey = new("--public-key") { Description = "The public key that every document must be signed with, in PEM.", HelpName = "FILE" };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("verify", "Checks exported evidence and names the first document that does not fit. Needs no server.")
        {
            Remarks = "Exit code 0: nothing was found that does not fit. 1: something was. 3: there is nothing to check, or it cannot be read. What cannot be known from the files is said.",
            Examples =
            [
                new("rollout evidence verify ./evidence", "Checks the evidence of every run below a folder."),
                new("rollout evidence verify ./evidence/web4-mycelia-20260301-k7qa --head 1f3c… --public-key evidence.pub.pem", "Notices also missing documents at the end and a chain that was written anew."),
                new("rollout evidence verify ./evidence --json | jq '.[].problems[0]'", "Gives the first problem of each run to a script."),
            ],
        };
        command.Add(Paths);
        foreach (var option in new Option[] { Head, PublicKey, CommonOptions.Json }) command.Add(option);
        command.SetAction(parsed => Verify(terminal, parsed));
        return command;
    }

    private static int Verify(Terminal terminal, ParseResult parsed)
    {
        var paths = parsed.GetRequiredValue(Paths);
        try
        {
            var verdicts = new EvidenceVerification
            {
                Files = paths.SelectMany(FilesOf).Distinct(StringComparer.Ordinal).ToDictionary(path => path, Read, StringComparer.Ordinal),
                Whole = paths.All(Directory.Exists),
                Head = parsed.GetValue(Head),
                PublicKey = parsed.GetValue(PublicKey) is { } file ? File.ReadAllText(file) : null,
            }.Verify();
            if (verdicts.Count == 0) throw new CommandFailedException(ExitCode.Invalid, $"There is no evidence in {string.Join(", ", paths)}.");
            if (parsed.GetValue(Head) is not null && verdicts.Count > 1) throw new CommandFailedException(ExitCode.Usage, "--head is the head of one run, and there is evidence of several.");
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(verdicts);
            else
                foreach (var verdict in verdicts)
                    Write(terminal, verdict);
            return verdicts.All(verdict => verdict.Intact) ? ExitCode.Ok : ExitCode.No;
        }
        catch (FormatException unusable)
        {
            throw new CommandFailedException(ExitCode.Invalid, $"--public-key: {unusable.Message}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Invalid, error.Message);
        }
    }

    /// <summary>A folder's files, or a document with what lies beside it.</summary>
    private static IEnumerable<string> FilesOf(string path)
    {
        if (Directory.Exists(path)) return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsEvidence);
        if (!File.Exists(path)) throw new FileNotFoundException($"There is neither a folder nor a file {path}.");
        var stem = path.EndsWith(".json", StringComparison.Ordinal) ? path[..^".json".Length] : path;
        return new[] { path, $"{path}{EvidenceFiles.SignatureSuffix}", $"{stem}.md", stem + EvidenceFiles.RecordSuffix }.Where(File.Exists);
    }

    private static bool IsEvidence(string path) =>
        path.EndsWith(".json", StringComparison.Ordinal) || path.EndsWith(".md", StringComparison.Ordinal) ||
        path.EndsWith(EvidenceFiles.RecordSuffix, StringComparison.Ordinal) || path.EndsWith(EvidenceFiles.SignatureSuffix, StringComparison.Ordinal);

    private static byte[] Read(string path) => new FileInfo(path).Length > LargestFile
        ? throw new IOException($"{path} is larger than {LargestFile / 1024 / 1024} MiB and no evidence.")
        : File.ReadAllBytes(path);

    private static void Write(Terminal terminal, EvidenceVerdict verdict)
    {
        if (!verdict.Intact)
        {
            var first = verdict.Problems[0];
            terminal.Line($"{verdict.RunId}: BROKEN at document {first.Number} ({first.Kind}): {first.File}: {first.Message}.");
            foreach (var problem in verdict.Problems.Skip(1)) terminal.Line($"  also document {problem.Number} ({problem.Kind}): {problem.File}: {problem.Message}.");
        }
        else
        {
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{verdict.RunId}: intact, {verdict.Documents} document(s){(verdict.Signed > 0 ? ", signed" : "")}, head {verdict.Head}."));
        }

        foreach (var note in verdict.Notes) terminal.Note($"  {note}");
    }
}
