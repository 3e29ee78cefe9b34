using System.Globalization;
using System.Text;
using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Writes what the run knows into the places of a review. Whatever comes from a playbook, a service or a person is shown and does nothing. Pure.</summary>
internal static class ReviewText
{
    /// <summary>More lines nobody reads; the record has all of them.</summary>
    private const int LongestTimeline = 150;

    private static readonly HashSet<RunLogKind> Told =
    [
        RunLogKind.StageOpened, RunLogKind.StepFinished, RunLogKind.SoakStarted, RunLogKind.SoakBreached, RunLogKind.SoakFinished, RunLogKind.GuardrailSpoke,
        RunLogKind.ApprovalAsked, RunLogKind.ApprovalDecided, RunLogKind.ApprovalVoided, RunLogKind.CommandAccepted, RunLogKind.CommandRefused, RunLogKind.Held, RunLogKind.Resumed,
        RunLogKind.DriftFound, RunLogKind.DriftSettled, RunLogKind.GlassBroken, RunLogKind.OwnerChanged, RunLogKind.RollbackStarted, RunLogKind.EffectCompensated,
        RunLogKind.RollbackFinished, RunLogKind.Faulted, RunLogKind.Ended,
    ];

    public static IReadOnlyDictionary<string, string> Of(ReviewFacts facts, IReadOnlyList<StoredEvidence> evidence) => new Dictionary<string, string>
    {
        ["title"] = $"Post-incident review: {Inline(facts.Run.Playbook.Title ?? facts.Run.Playbook.Name)}, stage {Inline(facts.Stage)}",
        ["run"] = Code(facts.Run.RunId),
        ["summary"] = Summary(facts),
        ["impact"] = Impact(facts),
        ["timeline"] = Timeline(facts),
        ["detection"] = Detection(facts),
        ["recovery"] = Recovery(facts),
        ["changed"] = Changed(facts),
        ["stays"] = Stays(facts),
        ["decisions"] = Decisions(facts),
        ["measurements"] = Measurements(facts),
        ["evidence"] = Evidence(facts, evidence),
    };

    private static string Summary(ReviewFacts facts) =>
        $"Run {Code(facts.Run.RunId)} of playbook {Code(facts.Run.Playbook.Name)}, started by {Inline(facts.Run.StartedBy)}, went back from stage {Code(facts.Stage)} (attempt {facts.Attempt})"
        + $"{(facts.StageOfPlaybook?.Surface is { } surface ? $" of the surface {Code(surface)}" : "")} on {Time(facts.Began.At)}: {Inline(facts.Cause)}. "
        + $"{(facts.Finished is { } finished ? $"{Sentence(finished.Message)}." : "The way back still goes on.")} Owner: {(facts.Owner is { } owner ? Inline(owner) : "none is named")}.";

    private static string Impact(ReviewFacts facts)
    {
        var text = new StringBuilder();
        foreach (var effect in facts.Concerned)
        {
            var until = facts.Report?.Effects.FirstOrDefault(undone => undone.EffectId == effect.EffectId)?.At;
            text.Append(CultureInfo.InvariantCulture, $"- {Code(effect.Target)} stood at {Value(effect.Intended)} from {Time(effect.IntendedAt)}{(until is { } end ? $" to {Time(end)}, {Span(end - effect.IntendedAt)}" : " on")}\n");
        }

        foreach (var incident in facts.Incidents) text.Append(CultureInfo.InvariantCulture, $"- Incident: {Inline(incident.Url!)}\n");
        return text.Length == 0 ? "Nothing had changed yet." : text.ToString();
    }

    private static string Timeline(ReviewFacts facts)
    {
        var lines = facts.SinceOpening().Where(line => Told.Contains(line.Kind)).ToList();
        var shown = lines.Count <= LongestTimeline ? lines : [.. lines.Take(LongestTimeline / 3), .. lines.TakeLast(LongestTimeline * 2 / 3)];
        var text = new StringBuilder();
        foreach (var (index, line) in shown.Index())
        {
            if (lines.Count > shown.Count && index == LongestTimeline / 3) text.Append(CultureInfo.InvariantCulture, $"- … {lines.Count - shown.Count} lines of the record are left out here\n");
            text.Append(CultureInfo.InvariantCulture, $"- {Time(line.At)}: {Inline(line.Message)}{(line.Reason is { Length: > 0 } reason ? $", “{Inline(reason)}”" : "")}\n");
        }

        return text.ToString();
    }

    private static string Detection(ReviewFacts facts)
    {
        var text = new StringBuilder();
        var who = facts.Began.Actor == Actors.Rollout ? "the rollout itself" : Inline(facts.Began.Actor);
        text.Append(CultureInfo.InvariantCulture, $"- **Noticed by:** {who}: {Inline(facts.Cause)}\n");
        if (facts.ExposedAt is { } exposed) text.Append(CultureInfo.InvariantCulture, $"- **First effect:** {Time(exposed)}\n");
        if (facts.FirstFailedAt is { } failed) text.Append(CultureInfo.InvariantCulture, $"- **First failed measurement:** {Time(failed)}\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Way back began:** {Time(facts.Began.At)}\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Time to detect** (from the beginning of the fault to the breach): {(facts.Report?.Detected is { } detected ? Span(detected) : "not known, since no guardrail told of it")}\n");
        if (facts.ExposedAt is { } since) text.Append(CultureInfo.InvariantCulture, $"- **From the first effect to the way back:** {Span(facts.Began.At - since)}\n");
        return text.ToString();
    }

    private static string Recovery(ReviewFacts facts)
    {
        if (facts.Report is not { } report) return "- The way back still goes on.\n";
        var text = new StringBuilder();
        if (report.Took is { } took) text.Append(CultureInfo.InvariantCulture, $"- **Time to recover** (from the cause to the last read-back): {Span(took)}{(report.Objective is { } objective ? $", objective {Span(objective)}: {(report.ObjectiveMet == true ? "met" : "missed")}" : ", no objective is stated")}\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Back to:** {Inline(report.To)}\n");
        foreach (var step in report.Steps) text.Append(CultureInfo.InvariantCulture, $"- {Inline(step.Part)} {Code(step.StepId)} ({Inline(step.Uses)}): {step.Verdict}, {Inline(step.Message)}\n");
        return text.ToString();
    }

    private static string Changed(ReviewFacts facts)
    {
        if (facts.Concerned.Count == 0) return "Nothing.";
        var text = new StringBuilder("| target | before | set to | restored |\n|---|---|---|---|\n");
        foreach (var effect in facts.Concerned)
        {
            var undone = facts.Report?.Effects.FirstOrDefault(one => one.EffectId == effect.EffectId);
            text.Append(CultureInfo.InvariantCulture, $"| {Code(effect.Target)} | {Value(effect.Prior)} | {Value(effect.Intended)} | {(undone is null ? "not yet" : $"{undone.Outcome}, {Time(undone.At)}: {Inline(undone.Message)}")} |\n");
        }

        return text.ToString();
    }

    private static string Stays(ReviewFacts facts)
    {
        var left = facts.Concerned.Where(effect => effect.Irreversible || effect.State == EffectState.LeftInPlace).Select(effect => $"- {Code(effect.Target)} of stage {Code(effect.Stage)}: it cannot be undone, or is meant to stay\n");
        var standing = (facts.Report?.Standing ?? []).Select(effect => $"- {Code(effect.Target)} of stage {Code(effect.Stage)}: the way back went only so far; it is guarded on\n");
        var text = string.Concat(left.Concat(standing));
        return text.Length == 0 ? "Nothing." : text;
    }

    private static string Decisions(ReviewFacts facts)
    {
        var text = new StringBuilder();
        foreach (var line in facts.Lines)
        {
            if (line.Kind == RunLogKind.CommandAccepted && line.Actor != Actors.Rollout) text.Append(CultureInfo.InvariantCulture, $"- {Time(line.At)}: {Inline(line.Message)}{(line.Reason is { Length: > 0 } reason ? $", “{Inline(reason)}”" : "")}\n");
            if (line.Kind == RunLogKind.ApprovalDecided) text.Append(CultureInfo.InvariantCulture, $"- {Time(line.At)}: {Inline(line.Message)}{(line.DataAs<OpenApproval>()?.Shown.Digest is { Length: > 0 } digest ? $", on what was shown as {Code(digest)}" : "")}\n");
        }

        return text.Length == 0 ? "Nobody decided anything; the rollout went back by itself." : text.ToString();
    }

    private static string Measurements(ReviewFacts facts)
    {
        if (facts.Around.Count == 0) return "Nothing was measured around it.";
        var text = new StringBuilder("| measured | guardrail | verdict | value | |\n|---|---|---|---|---|\n");
        foreach (var row in facts.Around)
        {
            var measured = row.Measurement;
            text.Append(CultureInfo.InvariantCulture, $"| {Time(measured.MeasuredAt)} | {Code(measured.Guardrail)} | {measured.Verdict} | {(measured.Value is { } value ? value.ToString("0.######", CultureInfo.InvariantCulture) : "")} | {Inline(measured.Message)} |\n");
        }

        return text.ToString();
    }

    private static string Evidence(ReviewFacts facts, IReadOnlyList<StoredEvidence> evidence)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"- Playbook SHA-256 `{facts.Run.PlaybookDigest}`\n");
        foreach (var document in evidence) text.Append(CultureInfo.InvariantCulture, $"- Document {document.Number}, {Inline(document.Summary)}: `{document.Sha256}`\n");
        text.Append(CultureInfo.InvariantCulture, $"- `rollout evidence export {facts.Run.RunId} FOLDER` writes all of it, `rollout evidence verify FOLDER` checks it\n");
        return text.ToString();
    }

    private static string Value(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? "nothing"
        : Code(value.ValueKind == JsonValueKind.String ? value.GetString()! : IssueText.OneLine(Encoding.UTF8.GetString(CanonicalJson.Write(value)), 200));

    private static string Span(TimeSpan span) => PlaybookDuration.Format(TimeSpan.FromSeconds(Math.Max(0, Math.Round(span.TotalSeconds))));

    private static string Time(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");

    private static string Sentence(string text) => Inline(text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.'));

    private static string Inline(string text) => IssueText.Inline(text);

    private static string Code(string text) => IssueText.Code(text);
}
