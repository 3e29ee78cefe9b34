using System.Text.Json;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Orchestrations.Tests.Proof;

/// <summary>What must be true of a run at any rest, whatever was told to it and however often its process died.</summary>
internal static class RunRules
{
    /// <summary>Which rules are broken, one sentence each.</summary>
    public static async Task<IReadOnlyList<string>> BrokenAsync(MortalRun run)
    {
        var status = await run.StatusAsync();
        if (status is null) return ["it shows no status"];
        var record = await run.RecordAsync();
        return
        [
            .. BrokenByTheRecord(record),
            // What people do to a surface has lines of its own beside the path of the run.
            .. BrokenByThePath([.. record.Where(entry => !IsOfSurface(entry))], status.Meanwhile ?? status.State),
            .. BrokenByStandingStill(run, status),
            .. await BrokenByTheFlagsAsync(run),
            .. status.Drift.Count == 0 ? await BrokenByTheJournalAsync(run) : [],
        ];
    }

    private static IEnumerable<string> BrokenByTheRecord(IReadOnlyList<RunLogEntry> record)
    {
        foreach (var twice in record.GroupBy(entry => entry.EntryId).Where(same => same.Count() > 1)) yield return $"the record has {twice.Key} twice";
        foreach (var fault in record.Where(entry => entry.Kind == RunLogKind.Faulted)) yield return $"a fault: {fault.Message}";
        foreach (var answered in record.Where(entry => entry.CommandId is not null).GroupBy(entry => entry.CommandId).Where(answers => answers.Count() > 1))
            yield return $"{answered.Key} was answered {answered.Count()} times";
    }

    /// <summary>The recorded changes of state are one way through the table, from the start to where the run stands.</summary>
    private static IEnumerable<string> BrokenByThePath(IReadOnlyList<RunLogEntry> record, RunState now)
    {
        var present = RunState.Pending;
        foreach (var entry in record)
        {
            if (entry.Kind == RunLogKind.Held && RunTransitions.Allows(present, RunTrigger.Hold)) present = RunState.Holding;
            if (entry.Kind != RunLogKind.StateChanged) continue;
            var states = entry.Message.Split(':')[0].Split(" → ").Select(Enum.Parse<RunState>).ToList();
            if (states[0] != present) yield return $"the record goes on from {states[0]} where it stood in {present}";
            if (!RunTransitions.Table.Any(row => row.From == states[0] && (row.To ?? states[1]) == states[1])) yield return $"the table has no way from {states[0]} to {states[1]}";
            present = states[1];
        }

        if (present != now) yield return $"the record ends in {present}, the run shows {now}";
    }

    private static bool IsOfSurface(RunLogEntry entry) => entry.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("surface", out _) && entry.Kind == RunLogKind.Held;

    private static IEnumerable<string> BrokenByStandingStill(MortalRun run, RunStatus status)
    {
        if (string.IsNullOrWhiteSpace(status.Because)) yield return "it stands where it is without a reason";
        if (RunTransitions.IsFinal(status.State)) yield break;
        if (run.NextTimer is null && !status.Accepts.Any(verb => verb is RunVerb.Resume or RunVerb.Retry or RunVerb.Approve)) yield return "it waits for no timer and no person";
    }

    private static async Task<IEnumerable<string>> BrokenByTheFlagsAsync(MortalRun run) =>
        (await run.Flags.AuditAsync(null, limit: 1000))
            .Where(entry => entry is { Outcome: FlagChangeOutcome.Changed, Fence: not null })
            .GroupBy(entry => entry.Fence)
            .Where(sent => sent.Count() > 1)
            .Select(sent => $"{sent.Key} changed the flag {sent.Count()} times");

    /// <summary>What stands is what the newest line says that is not undone, or what stood before the oldest.</summary>
    private static async Task<IEnumerable<string>> BrokenByTheJournalAsync(MortalRun run)
    {
        var broken = new List<string>();
        foreach (var lines in (await run.Journal.ListAsync(MortalRun.RunId)).GroupBy(line => line.Target))
        {
            var stands = Percent((await run.Flags.FindAsync(lines.Key["flag:".Length..]))?.Percent);
            var newest = lines.LastOrDefault(line => line.State != EffectState.Compensated);
            var said = newest switch
            {
                null => [Percent(lines.First().Prior)],
                { State: EffectState.Intended } => [Percent(newest.Prior), Percent(newest.Intended)],
                { State: EffectState.Drifted } => [Math.Min(stands, Percent(newest.Prior))],
                _ => new[] { Percent(newest.Accepted ?? newest.Intended) },
            };
            if (!said.Contains(stands)) broken.Add($"{lines.Key} stands at {stands}, the journal says {string.Join(" or ", said)} ({newest?.State})");
        }

        return broken;
    }

    private static double Percent(double? value) => value ?? 0;

    private static double Percent(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;
}
