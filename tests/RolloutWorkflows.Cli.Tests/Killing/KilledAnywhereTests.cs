using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli.Tests.Killing;

/// <summary>
/// The server's process is killed where it hurts, started again on the same folder, and the run goes to its end: every
/// change made once, every vote counted once, and flags, file and journal of one mind.
/// </summary>
[Collection(Demo.SlowCollection.Name)]
public sealed class KilledAnywhereTests
{
    [Theory]
    [InlineData(RunLogKind.StageOpened, KilledRun.First)]
    [InlineData(RunLogKind.StepFinished, KilledRun.First)]
    [InlineData(RunLogKind.SoakStarted, KilledRun.First)]
    [InlineData(RunLogKind.ApprovalAsked, KilledRun.First)]
    [InlineData(RunLogKind.ApprovalDecided, KilledRun.First)]
    [InlineData(RunLogKind.StagePromoted, KilledRun.First)]
    [InlineData(RunLogKind.SoakStarted, KilledRun.Last)]
    public async Task Server_KilledBetweenSteps_FinishesTheRunWithEachChangeMadeOnce(RunLogKind line, string stage)
    {
        await using var run = await KilledRun.CreateAsync();
        await run.StartAsync();
        await run.UntilAsync(details => details.Timeline.Any(entry => entry.Kind == line && entry.Stage == stage), $"{line} of {stage}");

        await run.KillAsync();
        await run.RestartAsync();

        await SucceedsAsync(run);
    }

    [Theory]
    [InlineData(TargetService.Deploy, false)]
    [InlineData(TargetService.Deploy, true)]
    [InlineData(TargetService.Status, false)]
    public async Task Server_KilledInsideAStep_SettlesTheUnknownAndSendsNothingTwice(string path, bool isLost)
    {
        await using var run = await KilledRun.CreateAsync();
        var held = run.Service.HoldNext(path, isLost);
        await run.StartAsync();
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(60));

        await run.KillAsync();
        await run.RestartAsync();

        await SucceedsAsync(run);
        // Killed while it measures, the deployment may have been about to be sent; then people settle it without one.
        Assert.InRange(run.Service.Received.Count(request => request.Path == TargetService.Deploy), path == TargetService.Deploy ? 1 : 0, 1);
    }

    [Theory]
    [InlineData(RunLogKind.RollbackStarted)]
    [InlineData(RunLogKind.EffectCompensated)]
    [InlineData(RunLogKind.RollbackFinished)]
    public async Task Server_KilledWhileRollingBack_RestoresEachValueOnce(RunLogKind line)
    {
        await using var run = await KilledRun.CreateAsync();
        await BreachAsync(run);
        await run.UntilAsync(details => details.Timeline.Any(entry => entry.Kind == line), $"{line}");

        await run.KillAsync();
        await run.RestartAsync();

        await RollsBackAsync(run);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_KilledInsideACompensation_UndoesOnce(bool isLost)
    {
        await using var run = await KilledRun.CreateAsync();
        var held = run.Service.HoldNext(TargetService.Undeploy, isLost);
        await BreachAsync(run);
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(60));

        await run.KillAsync();
        await run.RestartAsync();

        await RollsBackAsync(run);
    }

    [Fact]
    public async Task Server_KilledWhileCompensationIsBlocked_GoesOnTryingUntilItHeals()
    {
        await using var run = await KilledRun.CreateAsync();
        run.Service.RefusesUndo = true;
        await BreachAsync(run);
        await run.UntilAsync(details => details.Run.Rollback?.BlockedBy is not null, "a blocked compensation");

        await run.KillAsync();
        await run.RestartAsync();
        run.Service.RefusesUndo = false;

        await RollsBackAsync(run);
    }

    [Fact]
    public async Task Server_KilledWithAnUnknownOutcome_RollsBackThroughItsUndo()
    {
        await using var run = await KilledRun.CreateAsync();
        var held = run.Service.HoldNext(TargetService.Deploy, isLost: true);
        await run.StartAsync();
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(60));

        await run.KillAsync();
        await run.RestartAsync();
        await run.CommandAsync("grace", "rollback", new CommandRequest { Reason = "who knows", CommandId = "back" });

        await RollsBackAsync(run);
    }

    [Fact]
    public async Task Vote_SentWhenTheServerIsKilled_CountsOnceHoweverOftenItIsSent()
    {
        await using var run = await KilledRun.CreateAsync();
        await run.StartAsync();
        var asked = await run.UntilAsync(details => details.Run.OpenApprovals.Count == 1, "a question", answering: false);
        var approval = asked.Run.OpenApprovals[0];
        var vote = KilledRun.VoteOf("grace", approval);

        await run.SendAndKillAsync("grace", $"api/rollouts/{run.RunId}/commands/approve", vote);
        await run.RestartAsync();
        await run.CommandAsync("grace", "approve", vote);

        var voted = await run.UntilAsync(details => details.Timeline.Any(entry => entry.CommandId == vote.CommandId), "the vote", answering: false);
        Assert.Equal(["grace"], Assert.Single(voted.Run.OpenApprovals).Votes.Select(each => each.Person));
        await SucceedsAsync(run);
    }

    [Fact]
    public async Task Vote_AnsweredWhenTheServerIsKilled_CountsOnceWhenItIsSentAgain()
    {
        await using var run = await KilledRun.CreateAsync();
        await run.StartAsync();
        var asked = await run.UntilAsync(details => details.Run.OpenApprovals.Count == 1, "a question", answering: false);
        var vote = KilledRun.VoteOf("linus", asked.Run.OpenApprovals[0]);
        await run.CommandAsync("linus", "approve", vote);

        await run.KillAsync();
        await run.RestartAsync();
        await run.CommandAsync("linus", "approve", vote);

        var voted = await run.UntilAsync(details => details.Run.OpenApprovals.Count == 1, "the question", answering: false);
        Assert.Equal(["linus"], voted.Run.OpenApprovals[0].Votes.Select(each => each.Person));
        await SucceedsAsync(run);
    }

    [Fact]
    public async Task Start_SentWhenTheServerIsKilled_StartsOneRunWhenItIsSentAgain()
    {
        await using var run = await KilledRun.CreateAsync();
        await run.StartThroughAKillAsync();

        await SucceedsAsync(run);
    }

    [Fact]
    public async Task Server_KilledAtRandom_LosesNothingOnTheWayUpAndBack()
    {
        const int Seed = 2026;
        var random = new Random(Seed);
        await using var run = await KilledRun.CreateAsync();
        try
        {
            await run.StartAsync();
            await KillAtRandomAsync(run, random, most: 7, widest: 6);
            await SucceedsAsync(run);

            await run.CommandAsync("grace", "rollback", new CommandRequest { Reason = "and back", CommandId = "back" });
            await KillAtRandomAsync(run, random, most: 12, widest: 2);
            await RollsBackAsync(run);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"with the seed {Seed}, after {run.Kills} kills: {failure.Message}", failure);
        }
    }

    /// <summary>Kills the server whenever the record has grown by a few lines, until it was killed so often or nothing moves any more.</summary>
    private static async Task KillAtRandomAsync(KilledRun run, Random random, int most, int widest)
    {
        static bool Rests(RolloutDetails details) => details.Orchestration == "Completed" || details.Run.State == RunState.RolledBack;
        var lines = 1;
        while (run.Kills < most)
        {
            var at = lines + random.Next(1, widest + 1);
            var now = await run.UntilAsync(details => details.Timeline.Count >= at || Rests(details), $"{at} lines");
            if (Rests(now)) return;
            lines = now.Timeline.Count;
            await run.KillAsync();
            await run.RestartAsync();
        }
    }

    /// <summary>The failing measurement that sends the run back once everybody has the flag.</summary>
    private static async Task BreachAsync(KilledRun run)
    {
        await run.StartAsync();
        await run.UntilAsync(details => details.Timeline.Any(entry => entry.Kind == RunLogKind.SoakStarted && entry.Stage == KilledRun.Last), "the last soak");
        run.Service.ErrorRate = 0.5;
    }

    private static async Task SucceedsAsync(KilledRun run)
    {
        var done = await run.UntilAsync(details => details.Orchestration == "Completed", "the end");
        Assert.Equal(RunState.Succeeded, done.Run.State);
        await RunInvariant.HoldsAsync(run, done);
        RunInvariant.LeasesAreFree(run);
    }

    private static async Task RollsBackAsync(KilledRun run)
    {
        var back = await run.UntilAsync(details => details.Run.State == RunState.RolledBack, "rolled back");
        await RunInvariant.HoldsAsync(run, back);
        Assert.All(RunInvariant.Journal(run).Where(effect => effect.Undoes is null), effect => Assert.Equal(EffectState.Compensated, effect.State));
        await run.CommandAsync("grace", "abort", new CommandRequest { Reason = "that was it", CommandId = "end" });
        var done = await run.UntilAsync(details => details.Orchestration == "Completed", "the end");
        Assert.Equal(RunState.Aborted, done.Run.State);
        RunInvariant.LeasesAreFree(run);
    }
}
