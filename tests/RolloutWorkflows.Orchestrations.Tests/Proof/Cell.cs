namespace RolloutWorkflows.Orchestrations.Tests.Proof;

/// <summary>One cell of the model check: a command at a place, and where the process dies.</summary>
/// <param name="DiesAfter">
/// So many writes of the process after the command was sent still happen; <see cref="Never"/>; <see cref="Before"/> the command.
/// </param>
internal sealed record Cell(Place Place, RunVerb Verb, bool IsAdmin, int DiesAfter)
{
    public const int Never = int.MaxValue;

    public const int Before = -1;

    /// <summary>How many writes the command caused; the sending is the first of them.</summary>
    public int Writes { get; private set; }

    /// <summary>The record at the end, in no particular order: what a process that died must not have changed.</summary>
    public IReadOnlyList<string> Record { get; private set; } = [];

    /// <summary>Plays the cell. Says what was broken; null where all rules held.</summary>
    /// <param name="unbroken">The same cell played without a death; null where this is it.</param>
    public async Task<string?> BrokenAsync(Cell? unbroken = null)
    {
        try
        {
            await using var run = await Place.BringAsync();
            var broken = await PlayAsync(run);
            Record = [.. (await run.RecordAsync()).Select(Line).Order(StringComparer.Ordinal)];
            if (unbroken is not null && !unbroken.Record.SequenceEqual(Record)) broken = [.. broken, .. Differences(unbroken.Record)];
            return broken.Count == 0 ? null : $"{this} {string.Join("; ", broken)}";
        }
        catch (Exception exception)
        {
            return $"{this} {exception.GetType().Name}: {exception.Message}";
        }
    }

    public override string ToString()
    {
        var dies = DiesAfter switch { Never => "never", Before => "before", _ => FormattableString.Invariant($"write {DiesAfter}") };
        return $"{Place.Name,-34} {Verb,-9} {(IsAdmin ? "admin" : "cyn"),-6} dies: {dies,-9}";
    }

    /// <summary>
    /// A line of the record. What an undone effect came to is worded otherwise where the process died between its undoing
    /// and the report of it: then it "stood already" or "was undone before".
    /// </summary>
    private static string Line(RunLogEntry entry)
    {
        var isOfUndoing = entry.Kind == RunLogKind.EffectCompensated || entry.Message.Contains("effects undone", StringComparison.Ordinal);
        return FormattableString.Invariant($"{entry.At:HH:mm:ss} {entry.Kind} {(isOfUndoing ? "undone" : entry.Message)}");
    }

    private IEnumerable<string> Differences(IReadOnlyList<string> expected)
    {
        var missing = expected.Distinct().Where(line => Record.Count(line.Equals) < expected.Count(line.Equals));
        var more = Record.Distinct().Where(line => Record.Count(line.Equals) > expected.Count(line.Equals));
        return [.. missing.Select(line => $"the record lacks: {line}"), .. more.Select(line => $"the record has besides: {line}")];
    }

    private async Task<IReadOnlyList<string>> PlayAsync(MortalRun run)
    {
        var arrived = (await run.StatusAsync())?.State ?? RunState.Pending;
        if (arrived != Place.State) return [$"the run stands in {arrived} before the command, not in {Place.State}"];
        if (DiesAfter == Before) await run.KillAndStartAgainAsync();

        run.Life.DieAfter(DiesAfter is Never or Before ? int.MaxValue : DiesAfter);
        var (commandId, delivered) = await run.SendAsync(Verb, "cyn", IsAdmin);
        await run.PassAsync(Place.Settles);
        Writes = run.Life.Writes;
        if (DiesAfter is not (Never or Before)) await run.KillAndStartAgainAsync();

        var broken = new List<string>(BrokenByTheAnswer(await run.RecordAsync(), commandId, delivered));
        var expected = Place.After(Verb, IsAdmin) ?? Place.After(RunVerb.Annotate, IsAdmin) ?? Place.State;
        var status = await run.StatusAsync();
        if (status?.State != expected) broken.Add($"it came to {status?.State} ({status?.Because}), not to {expected}");
        broken.AddRange(await RunRules.BrokenAsync(run));
        broken.AddRange(await EndAsync(run));
        return broken;
    }

    private IEnumerable<string> BrokenByTheAnswer(IReadOnlyList<RunLogEntry> record, string commandId, bool delivered)
    {
        var answers = record.Where(entry => entry.CommandId == commandId).ToList();
        if (answers.Count != (delivered ? 1 : 0)) yield return $"it was answered {answers.Count} times";
        if (answers.Count == 0) yield break;
        var expected = Place.After(Verb, IsAdmin) is null ? RunLogKind.CommandRefused : RunLogKind.CommandAccepted;
        if (answers[0].Kind != expected) yield return $"it got {answers[0].Kind} ({answers[0].Message}), not {expected}";
        if (answers[0].Kind == RunLogKind.CommandRefused && !answers[0].Message.Contains(" was refused: ", StringComparison.Ordinal)) yield return $"the refusal has no reason: {answers[0].Message}";
        if (answers[0] is not { Actor: "cyn", Reason: "proof" }) yield return "the answer does not say who commanded and why";
    }

    /// <summary>An admin aborts, which counts in every state that is not final, and the rules still hold.</summary>
    private static async Task<IReadOnlyList<string>> EndAsync(MortalRun run)
    {
        if (RunTransitions.IsFinal((await run.StatusAsync())!.State)) return [];
        run.FlagWrites.Broken = false;
        await run.DoAsync(RunVerb.Abort, "bob");
        await run.PassAsync(TimeSpan.FromSeconds(31));
        var instance = await run.InstanceAsync();
        return instance.IsCompleted && (await run.StatusAsync())!.State == RunState.Aborted
            ? [.. (await RunRules.BrokenAsync(run)).Select(rule => $"after an abort: {rule}")]
            : [$"an abort did not end it: {instance.RuntimeStatus}, {(await run.StatusAsync())!.State}"];
    }
}
