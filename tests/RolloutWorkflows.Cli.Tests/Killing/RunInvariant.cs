using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Sqlite;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli.Tests.Killing;

/// <summary>What must hold of a run at its end, however often its server was killed.</summary>
internal static class RunInvariant
{
    private static readonly RunLogKind[] OncePerStage = [RunLogKind.StageOpened, RunLogKind.StagePromoted, RunLogKind.ApprovalDecided];

    // What the percentage reads after the canary's change and each percentage's, and on the way back.
    private static readonly double[] WayUp = [0, 10, 100];
    private static readonly double[] WayBack = [10, 0, 0];

    public static async Task HoldsAsync(KilledRun run, RolloutDetails details)
    {
        using var client = run.As("ada");
        var listed = await client.ListAsync("", CancellationToken.None);
        Assert.Equal([run.RunId], listed.Items.Select(item => item.RunId));
        Assert.Null(details.Failure);

        RecordIsWrittenOnce(details);
        var journal = Journal(run);
        RequestsHadOneEffectEach(run, journal);
        await FlagEndsAsTheJournalSaysAsync(client, journal, run.RunId);
        FileEndsAsTheJournalSays(run, journal);
    }

    public static void LeasesAreFree(KilledRun run)
    {
        using var database = SqliteDatabase.Open(run.Files.RolloutsFile, new SqliteOpenOptions { ReadOnly = true });
        Assert.Empty(database.Query("SELECT target FROM leases", row => row.GetString(0)));
    }

    /// <summary>The run's journal, read from the server's own file beside it.</summary>
    public static IReadOnlyList<EffectRecord> Journal(KilledRun run)
    {
        using var database = SqliteDatabase.Open(run.Files.RolloutsFile, new SqliteOpenOptions { ReadOnly = true });
        return database.Query("SELECT record FROM effects WHERE run = ? ORDER BY sequence", row => JsonSerializer.Deserialize<EffectRecord>(row.GetString(0), ApiJson.Options)!, run.RunId);
    }

    private static void RecordIsWrittenOnce(RolloutDetails details)
    {
        var record = details.Timeline;
        Assert.Equal(record.Count, record.Select(entry => entry.EntryId).Distinct().Count());
        Assert.Single(record, entry => entry.Kind == RunLogKind.Started);
        Once(record.Where(entry => OncePerStage.Contains(entry.Kind)), entry => (entry.Kind, entry.Stage, entry.Attempt));
        // A command that came twice was answered once.
        Once(record.Where(entry => entry.CommandId is not null), entry => entry.CommandId);
        Assert.All(details.Run.Stages, stage => Assert.InRange(stage.Attempt, 0, 1));
    }

    private static void RequestsHadOneEffectEach(KilledRun run, IReadOnlyList<EffectRecord> journal)
    {
        var received = run.Service.Received;
        Once(received.Where(request => request.HadEffect), request => request.Key);
        // What may have been carried out is not sent again; only an undo may be, and counts once by its key.
        Once(received.Where(request => request.Path == TargetService.Deploy), request => request.Key);
        Assert.InRange(received.Count(request => request.Path == TargetService.Deploy), 0, 1);
        Assert.Single(received.Where(request => request.Path == TargetService.Undeploy).Select(request => request.Key).DefaultIfEmpty("none").Distinct());
        foreach (var undone in journal.Where(effect => effect is { Uses: "http/request", Undoes: null, State: EffectState.Compensated }).Where(WasSent))
            Assert.Single(received, request => request.Key == $"{undone.EffectId}/undo" && request.HadEffect);
    }

    private static async Task FlagEndsAsTheJournalSaysAsync(RolloutClient client, IReadOnlyList<EffectRecord> journal, string runId)
    {
        var flag = await client.GetAsync<FlagDetails>($"flags/{KilledRun.Flag}?top=1000", CancellationToken.None);
        var expectedPercent = Standing(journal, "flag/rollout") is { ValueKind: JsonValueKind.Number } percent ? percent.GetDouble() : 0;
        Assert.Equal(expectedPercent, flag.Flag.Percent);
        var users = Standing(journal, "flag/canary") is { ValueKind: JsonValueKind.Object } canary ? canary.Deserialize<FlagCanary>(JsonSerializerOptions.Web)! : FlagCanary.None;
        Assert.Equal(users, flag.Flag.Canary);

        Assert.All(flag.Audit, change => Assert.Equal(runId, change.Fence!.RunId));
        Once(flag.Audit, change => (change.Fence!.Epoch, change.Fence.Sequence));
        // Each step up was written once, and each step back once.
        var changes = flag.Audit.Reverse().Where(change => change.Outcome == FlagChangeOutcome.Changed).ToList();
        var isBack = journal.Any(effect => effect.State == EffectState.Compensated);
        var up = changes.Where(change => !isBack || change.Fence!.Epoch == changes[0].Fence!.Epoch).Select(change => change.After!.Percent).ToList();
        Assert.Equal(WayUp.Take(up.Count), up);
        Assert.Equal(isBack ? WayBack.TakeLast(up.Count) : [], changes.Skip(up.Count).Select(change => change.After!.Percent));
        Assert.Equal(journal.Count(effect => effect.Uses.StartsWith("flag/", StringComparison.Ordinal)), up.Count);
    }

    private static void FileEndsAsTheJournalSays(KilledRun run, IReadOnlyList<EffectRecord> journal)
    {
        var expected = Standing(journal, "env/set") is { } values ? values.GetProperty(KilledRun.Variable).GetString() : "off";
        Assert.Equal($"# the web tier\n{KilledRun.Variable}={expected}\nOTHER=1\n", File.ReadAllText(run.EnvironmentFile));
        Assert.Equal(["web.env"], Directory.EnumerateFiles(Path.GetDirectoryName(run.EnvironmentFile)!).Select(Path.GetFileName));
    }

    /// <summary>The value that a target must have: what its newest effect in force set, or what the oldest one found; null: it was never touched.</summary>
    private static JsonElement? Standing(IReadOnlyList<EffectRecord> journal, string uses)
    {
        var effects = journal.Where(effect => effect.Uses == uses).ToList();
        Assert.All(effects, effect => Assert.True(effect.State is EffectState.Applied or EffectState.Compensated, $"{effect.EffectId} is {effect.State}"));
        if (effects.FindLast(effect => effect.State == EffectState.Applied) is { } newest) return newest.Intended;
        return effects.Count > 0 ? effects[0].Prior : null;
    }

    private static bool WasSent(EffectRecord effect) => !effect.Intended.TryGetProperty("sent", out var sent) || sent.ValueKind != JsonValueKind.False;

    private static void Once<T, TKey>(IEnumerable<T> lines, Func<T, TKey> key) =>
        Assert.All(lines.GroupBy(key), group => Assert.True(group.Count() == 1, $"{group.Key} came {group.Count()} times"));
}
