using RolloutWorkflows.DurableTask.Execution.Turns;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Row X10: events raised at any moment around time-outs, cancellations, suspensions and continue-as-new.</summary>
public sealed class ScheduleExplorationTests
{
    private const int Seeds = 150;

    [Theory, InlineData(true), InlineData(false)]
    public void X10_RandomSchedules_ReplayEqualsMemoryAndEveryEventIsReceivedOnce(bool completeWithOpenTasks)
    {
        ExecutionSettings settings = new() { CompleteWithOpenTasks = completeWithOpenTasks };
        for (int seed = 1; seed <= Seeds; seed++)
        {
            ScheduleExplorer explorer = new(seed, settings);

            IReadOnlyList<int> received = explorer.Run();

            Assert.True(
                ScheduleExplorer.Raised.SequenceEqual(received.Order()),
                $"Seed {seed}: received {string.Join(' ', received)} in {explorer.Turns} turns.");
        }
    }
}
