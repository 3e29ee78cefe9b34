using RolloutWorkflows.DurableTask.Execution.Turns;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Tests.Execution.Turns;

/// <summary>Whatever comes in whatever order, an execution that is replayed before each turn decides as one that stays in memory.</summary>
public sealed class ReplayEquivalenceTests
{
    [Fact]
    public void Turns_InRandomOrders_AreTheSameReplayedAndSticky()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            string sticky = Run(seed, evict: false);
            string replayed = Run(seed, evict: true);
            Assert.True(sticky == replayed, $"Seed {seed}:\nsticky   {sticky}\nreplayed {replayed}");
        }
    }

    private static string Run(int seed, bool evict)
    {
        Random random = new(seed);
        Executor<int, string> executor = new(BusyAsync);
        List<OrchestratorAction> open = [];
        List<string> told = [];
        for (int turn = 0; turn < 40; turn++)
        {
            executor.Now = executor.Now.AddSeconds(random.Next(3));
            TurnResult result = executor.Turn([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Next(random, open))]);
            open.AddRange(result.Actions.Where(action => action is not SendEventAction));
            open.RemoveAll(action => result.CancelledTimers.Any(timer => timer.Id == action.TaskId));
            told.Add($"{System.Text.Encoding.UTF8.GetString(HistorySerializer.WriteBatch(result.Events).Span)} {result.Status} {result.Output} {result.WaitSummary}");
            if (result.WaitSummary is null)
                break;
            if (evict)
                executor.Evict();
        }

        return string.Join('\n', told);
    }

    private static HistoryEvent Next(Random random, List<OrchestratorAction> open)
    {
        int choice = random.Next(10);
        if (choice < 6 && open.Count > 0)
        {
            int index = random.Next(open.Count);
            OrchestratorAction action = open[index];
            open.RemoveAt(index);
            return action switch
            {
                CreateTimer => new TimerFired(action.TaskId),
                _ when random.Next(3) == 0 => new TaskFailed(action.TaskId, new("E", "m", null, null, null, false)),
                _ => new TaskCompleted(action.TaskId, "1"),
            };
        }

        return choice switch
        {
            7 => new ExecutionSuspended(null),
            8 => new ExecutionResumed(null),
            _ => new EventRaised(random.Next(2) == 0 ? "a" : "b", "1"),
        };
    }

    private static async Task<string> BusyAsync(TaskOrchestrationContext context, int input)
    {
        TaskOptions retry = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromSeconds(1)));
        List<string> log = [];
        for (int round = 0; round < 4; round++)
        {
            Task<int> activity = context.CallActivityAsync<int>("work", round, retry);
            Task<int> wait = WaitAsync(context, "a", log);
            Task first = await Task.WhenAny(activity, wait);
            log.Add(first == activity ? "activity" : "event");
            context.SendEvent("other", "progress", round);
            try
            {
                await Task.WhenAll(activity, wait);
            }
            catch (TaskFailedException)
            {
                log.Add("failed");
            }

            log.Add(context.NewGuid().ToString());
            context.SetCustomStatus(log.Count);
        }

        return string.Join(',', log);
    }

    private static async Task<int> WaitAsync(TaskOrchestrationContext context, string name, List<string> log)
    {
        try
        {
            return await context.WaitForExternalEvent<int>(name, TimeSpan.FromSeconds(10));
        }
        catch (OperationCanceledException)
        {
            log.Add("timeout");
            return 0;
        }
    }
}
