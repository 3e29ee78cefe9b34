using System.Collections.Concurrent;

namespace RolloutWorkflows.Orchestrations.Tests.Proof;

/// <summary>
/// The run against its tables: every place that a run can stand at × every command × an admin or not × where the process
/// is killed. Each cell asks that the command is answered once and as the model says, that the record is a way through
/// the table of states, that the run never stands still without a reason, that no effect was sent twice, that the flags
/// stand as the journal says, that a death leaves no trace in the record, and that an abort still ends the run.
/// </summary>
/// <remarks>
/// 552 cells without a death: 23 places × 12 commands × admin or not. From each of the 276 commands at a place, and again
/// for an admin where an admin is answered otherwise, cells with one: before the command, right after it was sent, after
/// the last write that it causes, and after every fourth write between. A write is a commit of the engine, a line of
/// journal or record, or a change of a flag. With ROLLOUT_PROOF=full every write is a cell, which takes three times as long.
/// </remarks>
public sealed class ModelCheckTests(ITestOutputHelper output)
{
    private static readonly int Stride = Environment.GetEnvironmentVariable("ROLLOUT_PROOF") == "full" ? 1 : 4;

    [Fact]
    public async Task EveryCommand_InEveryState_IsAnsweredOnceAndMovesAlongTheTable_WhereverTheProcessDies()
    {
        var broken = new ConcurrentBag<string>();
        var (cells, deaths) = (0, 0);
        await Parallel.ForEachAsync(Commands(), async (command, _) =>
        {
            var unbroken = await PlayAsync(command, null);
            foreach (var death in DeathsIn(unbroken))
            {
                Interlocked.Increment(ref deaths);
                await PlayAsync(death, unbroken);
            }
        });
        Assert.True(broken.IsEmpty, $"{broken.Count} of {cells} cells are broken:\n{string.Join('\n', broken.Order(StringComparer.Ordinal))}");
        output.WriteLine($"{cells} cells, {deaths} of them with a death");
        // Fewer would mean that places or deaths were lost.
        Assert.Equal(23 * 12 * 2, cells - deaths);
        Assert.True(deaths >= 1000, $"only {deaths} deaths");

        async Task<Cell> PlayAsync(Cell cell, Cell? unbroken)
        {
            Interlocked.Increment(ref cells);
            if (await cell.BrokenAsync(unbroken) is { } what) broken.Add(what);
            return cell;
        }
    }

    [Fact]
    public void EveryState_HasAPlaceInTheModel() =>
        Assert.Equal(Enum.GetValues<RunState>(), Places.All.Select(place => place.State).Distinct().Order());

    [Fact]
    public void Model_AcceptsWhatTheTableOfCommandsAccepts()
    {
        // Where a surface is worse off than the rest, the commands of both count.
        foreach (var place in Places.All.Where(place => place.State != RunState.Holding && !place.Name.StartsWith("A surface", StringComparison.Ordinal)))
        {
            var hasOpenApprovals = place.State == RunState.AwaitingApproval;
            var table = RunVerbs.Accepted(place.State, [], hasOpenApprovals).Where(verb => verb != RunVerb.Handover && !(verb == RunVerb.Promote && place.Name.StartsWith("Watching", StringComparison.Ordinal)));
            Assert.Equal(table, Enum.GetValues<RunVerb>().Where(verb => verb != RunVerb.Handover && place.After(verb, isAdmin: true) is not null));
        }
    }

    private static IEnumerable<Cell> Commands() =>
        from place in Places.All
        from verb in Enum.GetValues<RunVerb>()
        from isAdmin in new[] { false, true }
        select new Cell(place, verb, isAdmin, Cell.Never);

    private static IEnumerable<Cell> DeathsIn(Cell unbroken)
    {
        // Where an admin is answered like anybody else, the deaths of one of the two tell all.
        if (unbroken.IsAdmin && unbroken.Place.After(unbroken.Verb, true) == unbroken.Place.After(unbroken.Verb, false)) yield break;
        yield return unbroken with { DiesAfter = Cell.Before };
        for (var write = 1; write < unbroken.Writes; write += Stride) yield return unbroken with { DiesAfter = write };
        if (unbroken.Writes > 0) yield return unbroken with { DiesAfter = unbroken.Writes };
    }
}
