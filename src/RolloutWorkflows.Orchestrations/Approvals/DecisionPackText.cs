using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Writes down what people are shown of a question. Pure.</summary>
public static class DecisionPackText
{
    /// <summary>The lines of a question, and the digest that names them.</summary>
    public static ShownToPeople Of(string prompt, IReadOnlyList<SubjectLine> subject, DecisionPack? pack)
    {
        IReadOnlyList<string> lines = [.. pack is null ? [] : Lines(pack), .. subject.Select(line => $"Approved is: {line.What}, {line.Value}")];
        var text = JsonSerializer.Serialize(new { Prompt = prompt, Lines = lines });
        return new ShownToPeople(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12], lines);
    }

    private static IEnumerable<string> Lines(DecisionPack pack)
    {
        foreach (var change in pack.Changes) yield return $"Changes: {Change(change)}";
        foreach (var guardrail in pack.Guardrails) yield return $"Guardrail {guardrail.Name}{(guardrail.Shadow ? " (shadow)" : "")}: {Measured(guardrail)}";
        if (pack.Soak is { } soak) yield return Soak(soak);
        foreach (var check in pack.Checks) yield return $"Check {check.Part} {check.StepId}: {check.Verdict}, {check.Message}";
        foreach (var document in pack.Documents) yield return string.Create(CultureInfo.InvariantCulture, $"Document {document}, attached by {document.By} {document.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        if (pack.WayBack is { } back) yield return WayBack(back, pack.Changes);
        foreach (var unknown in pack.Unknown) yield return $"Not known: {unknown}";
    }

    private static string Change(PackedChange change) => change switch
    {
        { Target: { } target, From: { } from, To: { } to } when from == to => $"{target} stays at {to}",
        { Target: { } target, From: { } from, To: { } to } => $"{target} from {from} to {to}",
        _ => change.Text,
    };

    private static string Measured(PackedGuardrail guardrail)
    {
        var limits = guardrail.Limits.Length == 0 ? "" : $" ({guardrail.Limits})";
        if (guardrail.Last is not { } last) return $"not measured lately{limits}";
        var value = last.Value is { } number ? $" at {Number(number)}" : "";
        var baseline = last.Baseline is { } before ? $", baseline {Number(before)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{last.Verdict}{value}{baseline}{limits}, measured {last.MeasuredAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
    }

    private static string Soak(SoakAccount soak)
    {
        var lost = soak.Lost > TimeSpan.Zero ? $", {Span(soak.Lost)} did not count" : "";
        var resets = soak.Resets > 0 ? string.Create(CultureInfo.InvariantCulture, $", begun again {soak.Resets} time(s)") : "";
        var breach = soak.LastBreach is { } last ? $"; last breach: {last}" : "";
        var time = soak.Needed > TimeSpan.Zero || soak.Counts.Count == 0 ? [$"{Span(soak.Counted)} of {Span(soak.Needed)} counted{lost}"] : Array.Empty<string>();
        return $"Soak: {string.Join("; ", time.Concat(SoakText.InFull(soak.Counts)))}{resets}{breach}";
    }

    private static string WayBack(PackedWayBack back, IReadOnlyList<PackedChange> changes)
    {
        var within = back.Objective is { } objective ? $" within {Span(objective)}" : "";
        var undone = changes.Reverse().Select(change => change.TakenBack).OfType<string>();
        return $"Way back: to {back.To}{within}: {string.Join("; ", back.Steps.Where(IsBefore).Concat(undone).Concat(back.Steps.Where(step => !IsBefore(step))).DefaultIfEmpty("nothing to take back"))}{(back.Rehearsed is { } said ? $" ({said})" : "")}";
    }

    private static bool IsBefore(string step) => step.StartsWith("first ", StringComparison.Ordinal);

    // Whole seconds: a soak counts by its ticks, and nobody decides by milliseconds.
    private static string Span(TimeSpan span) => PlaybookDuration.Format(TimeSpan.FromSeconds(Math.Floor(span.TotalSeconds)));

    private static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
