using System.Globalization;
using System.Text;
using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Writes a document down for people. Whatever comes from a playbook, a service or a person is shown and does nothing. Pure.</summary>
internal sealed class EvidenceMarkdown
{
    private const int LongestValue = 300;

    private readonly StringBuilder text = new();

    private EvidenceMarkdown()
    {
    }

    /// <summary>The document, naming the digest of its JSON.</summary>
    public static string Of(EvidenceDocument document, string sha256)
    {
        var page = new EvidenceMarkdown();
        page.Head(document, sha256);
        page.Checks(document.Checks);
        page.Guardrails(document.Guardrails);
        page.Soak(document.Soak);
        page.Approvals(document.Approvals);
        page.Changes(document);
        page.Rollback(document.Rollback);
        page.WayBack(document.WayBack);
        page.Documents(document.Documents);
        page.Stages(document.Stages);
        page.Events("What else happened", document.Events);
        page.Events("Announcements", document.Announcements);
        return page.text.ToString();
    }

    private void Head(EvidenceDocument document, string sha256)
    {
        var run = document.Run;
        Line($"# Evidence {document.Number}: {Inline(document.Summary)}");
        Line();
        Line($"- **Run:** {Code(run.Id)} of playbook {Code(run.Playbook)}{(run.Title is { } title ? $" ({Inline(title)})" : "")}");
        Line($"- **Playbook SHA-256:** `{run.PlaybookDigest}`");
        Line($"- **Inputs SHA-256:** `{run.InputsDigest}`");
        foreach (var (name, value) in run.Inputs.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Line($"  - {Code(name)}: {Value(value)}");
        Line($"- **Started:** {Time(run.StartedAt)} by {Inline(run.StartedBy)}{(run.Reason is { Length: > 0 } reason ? $": {Inline(reason)}" : "")}");
        if (run.Supersedes is { } earlier) Line($"- **Takes over from:** {Code(earlier)}");
        if (run.TimeCompression is { } compression) Line($"- **Waits were compressed {compression.ToString(CultureInfo.InvariantCulture)} times:** its soaks prove nothing about production.");
        if (document.Stage is { } stage)
        {
            Line($"- **Stage:** {Code(stage.Name)}{(stage.Title is { } name ? $" ({Inline(name)})" : "")}, attempt {stage.Attempt}{(stage.Surface is { } surface ? $", surface {Code(surface)}" : "")}");
            if (stage.Milestone is { } milestone) Line($"- **Milestone reached:** {Inline(milestone.Id)}{(milestone.Title is { } reached ? $", {Inline(reached)}" : "")}");
            if (stage.OpenedAt is { } opened) Line($"- **Opened:** {Time(opened)}");
        }

        Line($"- **{document.Kind}:** {Time(document.At)}");
        Line($"- **Owner on call:** {(document.Owner is { } owner ? Inline(owner) : "the playbook names none")}");
        Line($"- **JSON SHA-256:** `{sha256}`");
        Line($"- **Previous document:** {(document.Previous is { } previous ? $"`{previous}`" : "none, this is the first")}");
        Line($"- **Record:** lines {document.Record.From} to {document.Record.To}, SHA-256 `{document.Record.Sha256}`");
    }

    private void Checks(IReadOnlyList<EvidenceCheck> checks)
    {
        Heading("What was checked");
        if (checks.Count == 0) Line("Nothing.");
        else Table(["part", "check", "verdict", "at", "message"], checks.Select(check => new[]
        {
            check.Part, $"{Code(check.Id)} ({Inline(check.Uses)})", $"{check.Verdict}{(check.Times > 1 ? $", {check.Times} times" : "")}", Time(check.At), Inline(check.Message),
        }));
    }

    private void Guardrails(IReadOnlyList<EvidenceGuardrail> guardrails)
    {
        Heading("What was measured");
        if (guardrails.Count == 0) Line("No guardrail.");
        else Table(["guardrail", "against", "measured", "skipped", "lowest to highest", "worst", "last"], guardrails.Select(guardrail => new[]
        {
            $"{Code(guardrail.Name)}{(guardrail.Shadow ? " (shadow)" : "")}",
            Inline(guardrail.Conditions),
            guardrail.Measured == 0 ? "never" : $"{guardrail.Measured}: {string.Join(", ", guardrail.Verdicts.Select(pair => $"{pair.Value} {pair.Key}"))}",
            guardrail.Skipped.ToString(CultureInfo.InvariantCulture),
            guardrail.Lowest is { } lowest && guardrail.Highest is { } highest ? $"{Number(lowest)} to {Number(highest)}" : "-",
            Measured(guardrail.Worst),
            Measured(guardrail.Last),
        }));
    }

    private static string Measured(Measurement? measurement) => measurement is null ? "-"
        : $"{measurement.Verdict}{(measurement.Value is { } value ? $" at {Number(value)}" : "")}{(measurement.Baseline is { } baseline ? $", baseline {Number(baseline)}" : "")}, {Time(measurement.MeasuredAt)}";

    private void Soak(EvidenceSoak? soak)
    {
        if (soak is null) return;
        Heading("Soak");
        if (soak.StartedAt is { } started) Line($"- **From:** {Time(started)}{(soak.EndedAt is { } ended ? $" to {Time(ended)}" : "")}");
        if (soak.Outcome is { } outcome) Line($"- **Outcome:** {Inline(outcome)}");
        if (soak.Account is { } account) Line($"- **Counted:** {account.Counted} of {account.Needed}; {account.Lost} did not count; begun again {account.Resets} time(s)");
        foreach (var count in soak.Account?.Counts ?? [])
            Line($"- **Counter {Inline(count.Metric)}:** rose by {Number(count.Counted)} of {Number(count.Needed)}{(count.Start is { } start && count.Value is { } value ? $", from {Number(start)} to {Number(value)}" : "")}; {Number(count.Lost)} did not count");
        foreach (var breach in soak.DidNotCount) Line($"- **Did not count:** {Time(breach.At)}, {Inline(breach.Message)}");
    }

    private void Approvals(IReadOnlyList<EvidenceApproval> approvals)
    {
        Heading("Who approved it");
        if (approvals.Count == 0) Line("Nobody was asked.");
        foreach (var approval in approvals)
        {
            Line($"### {Inline(approval.Name)}");
            Line();
            Line($"{Inline(approval.Prompt)}");
            Line();
            Line($"- **Outcome:** {Inline(approval.Outcome)}{(approval.DecidedAt is { } decided ? $", {Time(decided)}" : "")}");
            Line($"- **Asked:** {Time(approval.AskedAt)}; {approval.Needed} of {(approval.Electorate.Count == 0 ? "anyone" : string.Join(", ", approval.Electorate.Select(person => Inline(person))))}");
            foreach (var vote in approval.Votes)
                Line($"- **{Inline(vote.Person)}:** {(vote.Approves ? "yes" : "no")}, by {Inline(vote.Via)}, {Time(vote.At)}{(vote.Reason is { Length: > 0 } reason ? $", “{Inline(reason)}”" : "")}{(vote.Shown.Length > 0 ? $", having seen {Code(vote.Shown)}" : "")}");
            if (approval.Shown.Count > 0) Line($"- **What they were shown, {Code(approval.ShownDigest)}:**");
            foreach (var shown in approval.Shown) Line($"  - {Inline(shown)}");
            Line();
        }
    }

    private void Changes(EvidenceDocument document)
    {
        Heading(document.Kind == EvidenceKind.End ? "What the run changed" : "What changed");
        if (document.Changes.Count == 0) Line("Nothing.");
        else Table(["stage", "step", "target", "from", "to", "now"], document.Changes.Select(change => new[]
        {
            Code(change.Stage),
            $"{Code(change.Step)} ({Inline(change.Uses)})",
            Code(change.Target),
            Value(change.From),
            change.ChangedNothing ? "the same: nothing changed" : Value(change.To),
            $"{change.State}{(change.Irreversible ? ", stays on a rollback" : "")}{(change.Accepted is { } accepted ? $"; {Value(accepted)} was let stand" : "")}",
        }));
    }

    private void Rollback(EvidenceRollback? rollback)
    {
        if (rollback is null) return;
        Heading("What was taken back");
        Line($"- **Cause:** {Inline(rollback.Cause)}");
        Line($"- **Asked for by:** {Inline(rollback.Actor)}, back to {Inline(rollback.To)}");
        if (rollback.Surface is { } surface) Line($"- **Surface:** {Code(surface)} alone");
        if (rollback.Detected is { } detected) Line($"- **Time to detect:** {detected}");
        if (rollback.Took is { } took)
            Line($"- **Took:** {took}{(rollback.Objective is { } objective ? $", objective {objective}: {(rollback.ObjectiveMet == true ? "met" : "missed")}" : "")}");
        Line($"- **Left in place:** {rollback.LeftInPlace}");
        foreach (var effect in rollback.Restored) Line($"- {Code(effect.Target)}: {effect.Outcome}, {Inline(effect.Message)}, {Time(effect.At)}");
        foreach (var step in rollback.Steps) Line($"- {Inline(step.Part)} {Code(step.StepId)} ({Inline(step.Uses)}): {step.Verdict}, {Inline(step.Message)}");
        foreach (var standing in rollback.Standing) Line($"- Still in force: {Code(standing.Target)} of stage {Code(standing.Stage)}");
    }

    private void WayBack(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0) return;
        Heading("Way back");
        foreach (var line in lines) Line($"- {Inline(line)}");
    }

    private void Documents(IReadOnlyList<RunDocument> documents)
    {
        if (documents.Count == 0) return;
        Heading("Attached documents");
        Table(["document", "version", "SHA-256", "bytes", "attached"], documents.Select(document => new[]
        {
            Code(document.Name), document.Version.ToString(CultureInfo.InvariantCulture), $"`{document.Digest}`", document.Size.ToString(CultureInfo.InvariantCulture), $"{Time(document.At)} by {Inline(document.By)}",
        }));
    }

    private void Stages(IReadOnlyList<EvidenceStage> stages)
    {
        if (stages.Count == 0) return;
        Heading("Stages");
        Table(["stage", "state", "attempt", "opened", "ended", "milestone"], stages.Select(stage => new[]
        {
            Code(stage.Name), stage.State ?? "-", stage.Attempt.ToString(CultureInfo.InvariantCulture), stage.OpenedAt is { } opened ? Time(opened) : "-",
            stage.EndedAt is { } ended ? Time(ended) : "-", stage.Milestone is { } milestone ? Inline(milestone.Id) : "-",
        }));
    }

    private void Events(string title, IReadOnlyList<EvidenceEvent> events)
    {
        if (events.Count == 0) return;
        Heading(title);
        foreach (var happened in events)
            Line($"- {Time(happened.At)}: {Inline(happened.Message)}{(happened.Via is { } via ? $" (by {Inline(via)})" : "")}{(happened.Reason is { Length: > 0 } reason ? $", “{Inline(reason)}”" : "")}");
    }

    private void Heading(string title)
    {
        if (!text.ToString().EndsWith("\n\n", StringComparison.Ordinal)) Line();
        Line($"## {title}");
        Line();
    }

    private void Table(string[] header, IEnumerable<string[]> rows)
    {
        Line($"| {string.Join(" | ", header)} |");
        Line($"|{string.Concat(header.Select(_ => "---|"))}");
        foreach (var row in rows) Line($"| {string.Join(" | ", row)} |");
    }

    private void Line(string line = "") => text.Append(line).Append('\n');

    private static string Value(JsonElement? value) =>
        value is not { ValueKind: not JsonValueKind.Null } known ? "nothing" : Code(known.ValueKind == JsonValueKind.String ? known.GetString() : IssueText.OneLine(Encoding.UTF8.GetString(CanonicalJson.Write(known)), LongestValue));

    private static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");

    private static string Inline(string value) => IssueText.Inline(value);

    private static string Code(string? value) => value is { Length: > 0 } ? IssueText.Code(value) : "-";
}
