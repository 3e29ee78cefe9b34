using System.Globalization;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>A run in plain text: where it stands, why, its stages, soak, questions, rollback and record.</summary>
internal static class RunText
{
    public static void Write(TextWriter writer, RolloutDetails details, bool withTimeline, RollbackPreviewAnswer? wayBack = null)
    {
        writer = new PrintableWriter(writer, linesAreWhole: true);
        var run = details.Run;
        writer.WriteLine($"{run.RunId}  {Words.Of(run.State)}");
        writer.WriteLine($"  {run.Because}");
        if (WaitText.Of(details) is { } waits) writer.WriteLine($"  {waits}");
        if (wayBack is not null) writer.WriteLine($"  {WaitText.OfBreach(wayBack)}");
        if (details.Failure is { } failure) writer.WriteLine($"  The engine: {failure}");
        writer.WriteLine($"  {run.Title ?? run.Playbook}, started by {run.StartedBy} at {Spans.Moment(run.StartedAt)}" + (run.Owner is { } owner ? $", owned by {owner}" : "") + (run.EndedAt is { } ended ? $", ended at {Spans.Moment(ended)}" : ""));
        if (run.Supersedes is { } earlier) writer.WriteLine($"  It takes over from {earlier}.");
        if (run.SupersededBy is { } later) writer.WriteLine($"  {later} has taken over from it.");
        if (run.TimeCompression > 1) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  Waits pass {run.TimeCompression:0.#} times faster than real time."));
        WriteStages(writer, run);
        WriteSurfaces(writer, run);
        if (details.Soak is { } soak) WriteSoak(writer, soak);
        foreach (var watched in details.Watched) WriteSoak(writer, watched, "Watched on, soak");
        foreach (var approval in run.OpenApprovals) ApprovalText.Write(writer, approval);
        foreach (var document in run.Documents) writer.WriteLine($"Document {document}, attached by {document.By} at {Spans.Moment(document.At)}");
        if (run.Rollback is { } rollback) WriteRollback(writer, rollback);
        foreach (var parked in details.Parked) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Not shown in {parked.Lane}, message {parked.Id}: {parked.Summary} ({parked.Problem}); rollout outbox retry {parked.Id}, or drop"));
        WriteChoices(writer, run);
        if (run.Accepts.Count > 0) writer.WriteLine($"Accepted now: {string.Join(", ", run.Accepts.Select(Words.Of))}");
        if (!withTimeline) return;
        writer.WriteLine("Record:");
        // What an activity writes, such as an announcement, may be appended a moment before what the run decided earlier.
        foreach (var entry in details.Timeline.OrderBy(entry => entry.At)) writer.WriteLine("  " + Entry(entry));
    }

    /// <summary>One line of a run's record: the real clock, the stage, the person, what and why.</summary>
    public static string Entry(RunLogEntry entry)
    {
        var place = entry.Stage is null ? "" : $"{entry.Stage}: ";
        var why = entry.Reason is { Length: > 0 } reason ? $" ({reason})" : "";
        return Printable.Line($"{Spans.Clock(entry.At)}  {entry.Actor,-8}  {place}{entry.Message}{why}");
    }

    private static void WriteStages(TextWriter writer, RunStatus run)
    {
        var table = new TextTable("  STAGE", "STATE", "ATTEMPT", "TOOK");
        foreach (var stage in run.Stages)
        {
            var took = stage is { OpenedAt: { } from, EndedAt: { } to } ? Spans.Of(to - from) : "-";
            table.Add($"  {stage.Name}", StateOf(stage, run), stage.Attempt == 0 ? "-" : stage.Attempt.ToString(CultureInfo.InvariantCulture), took);
        }

        table.Write(writer);
    }

    private static void WriteSurfaces(TextWriter writer, RunStatus run)
    {
        if (run.Surfaces.Count == 0) return;
        var table = new TextTable("  SURFACE", "STATE", "STAGE", "WHY");
        foreach (var surface in run.Surfaces) table.Add($"  {surface.Surface}", Words.Of(surface.State), surface.Stage ?? "-", surface.Because.Length > 0 ? surface.Because : "-");
        table.Write(writer);
    }

    public static string StateOf(StageStatus stage, RunStatus run) =>
        stage.State == StageState.TakenOver ? $"taken over from {run.Supersedes}" : Words.Of(stage.State);

    private static void WriteSoak(TextWriter writer, SoakStatus soak, string what = "Soak")
    {
        if (SoakText.IsOfAnything(soak))
        {
            var lost = soak.Lost > TimeSpan.Zero ? $", {Spans.Of(soak.Lost)} did not count" : "";
            IEnumerable<string> time = soak.Needed > TimeSpan.Zero ? [$"{Spans.Of(soak.Counted)} of {Spans.Of(soak.Needed)} counted{lost}" + (soak.Passed ? "" : $"; {Spans.Of(Remaining(soak))} remain")] : [];
            writer.WriteLine($"{what} of {soak.Stage}: {string.Join("; ", time.Concat(SoakText.InFull(soak.Counts)))}" + (soak.Passed ? "; passed" : ""));
            if (soak.LastBreach is { } breach) writer.WriteLine($"  Last breach: {breach}");
        }

        foreach (var guardrail in soak.Guardrails) writer.WriteLine($"  {guardrail.Name}: {Guardrail(guardrail)}");
    }

    /// <summary>What people can do about a run that stands still, as command lines to type.</summary>
    private static void WriteChoices(TextWriter writer, RunStatus run)
    {
        if (run.Choices.Count == 0) return;
        writer.WriteLine("You can:");
        var table = new TextTable("  COMMAND", "WHAT IT DOES");
        foreach (var choice in run.Choices) table.Add($"  rollout {Words.Of(choice.Verb)} {run.RunId}{Arguments(choice.Verb)} --reason \"…\"", choice.Does);
        if (run.Choices.Any(choice => choice.Verb == RunVerb.Rollback)) table.Add($"  rollout rollback {run.RunId} --dry-run", "only shows what a rollback would restore now");
        table.Write(writer);
    }

    private static string Arguments(RunVerb verb) => verb == RunVerb.Handover ? " --to PERSON" : "";

    public static TimeSpan Remaining(SoakStatus soak) => soak.Needed > soak.Counted ? soak.Needed - soak.Counted : TimeSpan.Zero;

    /// <summary>What a soak still waits for.</summary>
    public static string Remains(SoakStatus soak)
    {
        IEnumerable<string> time = soak.Needed > TimeSpan.Zero ? [$"{Spans.Of(Remaining(soak))} remain"] : [];
        return string.Join(", ", time.Concat(soak.Counts.Select(count => SoakText.Of(count) + (count.Problem is { } problem ? $" ({problem})" : ""))));
    }

    public static string Guardrail(GuardrailStatus guardrail) => guardrail.Last is { } last
        ? $"{Words.Of(last.Verdict)}, {last.Message} ({guardrail.Measured} measured)"
        : "not measured yet";

    /// <summary>What undoing one effect came to; its target is named once.</summary>
    public static string Effect(CompensationResult effect) =>
        Printable.Line(effect.Message.StartsWith(effect.Target, StringComparison.Ordinal) ? effect.Message : $"{effect.Target}: {effect.Message}");

    private static void WriteRollback(TextWriter writer, RollbackReport rollback)
    {
        writer.WriteLine($"Rolled back to {rollback.To} because: {rollback.Cause}");
        foreach (var effect in rollback.Effects) writer.WriteLine("  " + Effect(effect));
        if (rollback.Detected is { } detected) writer.WriteLine($"  It was detected {Spans.Of(detected)} after the fault began.");
        if (rollback.Took is { } took) writer.WriteLine($"  It took {Spans.Of(took)} of real time" + Objective(rollback) + ".");
        if (rollback.BlockedBy is { } blocked) writer.WriteLine($"  Blocked: {blocked}");
        if (rollback.LeftInPlace > 0) writer.WriteLine($"  {rollback.LeftInPlace} effects could not be undone and stay.");
    }

    private static string Objective(RollbackReport rollback) => rollback.Objective is { } objective
        ? $"; the objective is {Spans.Of(objective)}: {(rollback.ObjectiveMet == true ? "met" : "missed")}"
        : "";
}
