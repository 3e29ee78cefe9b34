using RolloutWorkflows.DurableTask.Execution.Turns;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Tests.Execution.Turns;

public sealed class DeterminismTests
{
    [Fact]
    public void Replay_WithAnotherActivityInPlace_NamesEventRecordedAndReplayedCommand()
    {
        Executor<int, int> executor = new((context, _) => context.CallActivityAsync<int>("Charge"));
        executor.Turn();

        NonDeterministicOrchestrationException error = Assert.Throws<NonDeterministicOrchestrationException>(
            () => executor.Replayed((context, _) => context.CallActivityAsync<int>("Refund")));

        Assert.Contains("event 3 of the history records activity 'Charge' (#0)", error.Message, StringComparison.Ordinal);
        Assert.Contains("activity 'Refund' (#0)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_WithTheCommandGone_SaysThatNothingIsAskedFor()
    {
        Executor<int, int> executor = new(async (context, _) =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return 1;
        });
        executor.Turn();

        NonDeterministicOrchestrationException error = Assert.Throws<NonDeterministicOrchestrationException>(
            () => executor.Replayed((context, _) => context.WaitForExternalEvent<int>("go")));

        Assert.Contains("records timer (#0)", error.Message, StringComparison.Ordinal);
        Assert.Contains("asks for nothing at that point", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_WithMoreCommandsAtTheEnd_CarriesThemOutInTheNextTurn()
    {
        Executor<int, int> executor = new((context, _) => context.CallActivityAsync<int>("a"));
        executor.Turn();
        OrchestrationExecution newer = executor.Replayed(async (context, _) =>
        {
            Task<int> first = context.CallActivityAsync<int>("a");
            Task<int> second = context.CallActivityAsync<int>("b");
            return await first + await second;
        });

        TurnResult result = newer.ExecuteTurn(executor.Now, [new TaskCompleted(0, "1")]);

        Assert.Equal("b", Assert.IsType<ScheduleActivity>(Assert.Single(result.Actions)).Name);
    }

    [Fact]
    public void NewGuid_OnReplay_GivesTheSameValues()
    {
        List<Guid> seen = [];
        Executor<int, int> executor = new(async (context, _) =>
        {
            seen.Add(context.NewGuid());
            seen.Add(context.NewGuid());
            return await context.WaitForExternalEvent<int>("go");
        });
        executor.Turn();

        executor.Replayed();

        Assert.Equal(4, seen.Count);
        Assert.NotEqual(seen[0], seen[1]);
        Assert.Equal(seen[..2], seen[2..]);
        Assert.Equal(5, seen[0].Version);
    }

    [Fact]
    public void DeterministicGuid_OfAKnownName_IsUuidVersion5OfIt()
    {
        // uuid5(UUID("9e952958-5e33-4daf-827f-2fa12937b875"), "i1_2026-01-01T00:00:00.0000000Z_0") by Python's uuid module.
        Assert.Equal(Guid.Parse("e4fd7904-ed4f-56fb-89c1-068e29d5113c"), DeterministicGuid.Create("i1_2026-01-01T00:00:00.0000000Z_0"));
    }

    [Fact]
    public void IsReplaying_AroundTwoTimers_IsTrueOnlyForRecordedTurns()
    {
        List<bool> seen = [];
        Executor<int, int> executor = new(async (context, _) =>
        {
            seen.Clear();
            seen.Add(context.IsReplaying);
            await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
            seen.Add(context.IsReplaying);
            await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
            seen.Add(context.IsReplaying);
            return 0;
        });
        executor.Turn();
        executor.Turn(new TimerFired(0));
        executor.Evict();

        executor.Turn(new TimerFired(1));

        Assert.Equal([true, true, false], seen);
    }
}
