using System.Text;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Converters;
using RolloutWorkflows.DurableTask.Execution.Turns;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>
/// Plays the world around one orchestration: in an order drawn from a seed it ends activities and children, fires
/// timers, raises events, suspends, resumes and repeats itself, in turns of one to four happenings. Every turn is
/// executed twice, by the execution that stayed in memory and by one rebuilt from the stored history, and must come to
/// the same.
/// </summary>
internal sealed class ScheduleExplorer(int seed, ExecutionSettings settings)
{
    private const int MostTurns = 2_000;
    private const int EventCount = 12;
    private readonly Random _random = new(seed);
    private readonly SortedSet<int> _calls = [];
    private readonly SortedSet<int> _children = [];
    private readonly Dictionary<int, DateTime> _timers = [];
    private readonly List<ReadOnlyMemory<byte>> _history = [];
    private readonly List<HistoryEvent> _done = [];
    private DateTime _now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private OrchestrationIdentity _identity = NewExecution(JsonDataConverter.Default.Serialize(new ExploredOrchestration.Input(seed, 0, [])), 0);
    private OrchestrationExecution? _live;
    private int _raised;
    private bool _suspended;

    /// <summary>How many turns it took.</summary>
    public int Turns { get; private set; }

    /// <summary>Lets the orchestration run to its end.</summary>
    /// <returns>The numbers it has received, in order.</returns>
    public IReadOnlyList<int> Run()
    {
        List<HistoryEvent> happened = [new ExecutionStarted(_identity.ExecutionId)];
        while (true)
        {
            happened.AddRange(Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Next()).OfType<HistoryEvent>());
            TurnResult result = ExecuteBoth(happened);
            if (result.Continuation is { } continuation)
            {
                // Completions of the former execution never reach the new one.
                happened = [new ExecutionStarted($"execution {Turns}"), .. continuation.Inherited];
                Continue(continuation);
            }
            else if (result.Status is OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Suspended)
            {
                happened = [];
                Take(result);
            }
            else
            {
                Assert.True(result.Status == OrchestrationRuntimeStatus.Completed, $"Seed {seed}: {result.Status} {result.Failure}");
                return JsonDataConverter.Default.Deserialize<ExploredOrchestration.Input>(result.Output)!.Received;
            }
        }
    }

    /// <summary>The numbers that were raised.</summary>
    public static IEnumerable<int> Raised => Enumerable.Range(1, EventCount);

    private static OrchestrationIdentity NewExecution(string? input, int number) =>
        new() { InstanceId = "explored", ExecutionId = $"execution {number}", Name = "Explored", Input = input };

    private TurnResult ExecuteBoth(IReadOnlyList<HistoryEvent> happened)
    {
        Assert.True(++Turns <= MostTurns, $"Seed {seed}: no end after {MostTurns} turns.");
        _live ??= Execution();
        OrchestrationExecution rebuilt = Execution();
        rebuilt.Replay(_history.SelectMany(batch => HistorySerializer.ReadBatch(batch)));
        TurnResult kept = _live.ExecuteTurn(_now, happened);
        TurnResult replayed = rebuilt.ExecuteTurn(_now, happened);
        Assert.True(kept.ParkReason is null, $"Seed {seed}, turn {Turns}: {kept.ParkReason}");
        Assert.True(Describe(kept) == Describe(replayed), $"Seed {seed}, turn {Turns}:\nkept     {Describe(kept)}\nreplayed {Describe(replayed)}");
        _history.Add(HistorySerializer.WriteBatch(kept.Events));
        return kept;
    }

    private OrchestrationExecution Execution() => new(
        _identity,
        FuncTaskOrchestrator.Create<ExploredOrchestration.Input, ExploredOrchestration.Input>(ExploredOrchestration.RunAsync),
        settings);

    private void Continue(Continuation continuation)
    {
        _identity = NewExecution(continuation.Input, Turns);
        _live = null;
        _history.Clear();
        _calls.Clear();
        _children.Clear();
        _timers.Clear();
        _done.Clear();
    }

    private void Take(TurnResult result)
    {
        foreach (OpenTask cancelled in result.CancelledTimers)
            _timers.Remove(cancelled.Id);
        foreach (OrchestratorAction action in result.Actions)
        {
            if (action is ScheduleActivity)
                _calls.Add(action.TaskId);
            else if (action is StartChild)
                _children.Add(action.TaskId);
            else if (action is CreateTimer timer)
                _timers[timer.TaskId] = timer.DueAt;
        }
    }

    private HistoryEvent? Next() => _random.Next(8) switch
    {
        0 or 1 => EndOne(_calls, id => new TaskCompleted(id, "1"), id => new TaskFailed(id, Failure())),
        2 => EndOne(_children, id => new SubOrchestrationCompleted(id, "2"), id => new SubOrchestrationFailed(id, Failure())),
        3 or 4 => FireTimer(),
        5 => Raise(),
        6 => _done.Count == 0 ? null : _done[_random.Next(_done.Count)],
        _ => Toggle(),
    };

    private HistoryEvent? EndOne(SortedSet<int> open, Func<int, HistoryEvent> complete, Func<int, HistoryEvent> fail)
    {
        if (open.Count == 0)
            return null;
        int id = open.ElementAt(_random.Next(open.Count));
        open.Remove(id);
        return Done(_random.Next(4) == 0 ? fail(id) : complete(id));
    }

    private TimerFired? FireTimer()
    {
        if (_timers.Count == 0)
            return null;
        (int id, DateTime dueAt) = _timers.MinBy(timer => (timer.Value, timer.Key));
        _timers.Remove(id);
        _now = dueAt > _now ? dueAt : _now;
        return (TimerFired)Done(new TimerFired(id));
    }

    private EventRaised? Raise()
    {
        if (_raised > EventCount)
            return null;
        return ++_raised > EventCount
            ? new(ExploredOrchestration.Last, "0")
            : new(ExploredOrchestration.Events[_random.Next(ExploredOrchestration.Events.Length)], $"{_raised}");
    }

    private HistoryEvent Toggle()
    {
        _suspended = !_suspended;
        return _suspended ? new ExecutionSuspended("explored") : new ExecutionResumed("explored");
    }

    private HistoryEvent Done(HistoryEvent happened)
    {
        _done.Add(happened);
        return happened;
    }

    private static FailureRecord Failure() => new("Explored", "drawn by lot", null, null, null, NonRetriable: false);

    private static string Describe(TurnResult result)
    {
        StringBuilder text = new();
        text.Append(Encoding.UTF8.GetString(HistorySerializer.WriteBatch(result.Events).Span));
        text.Append(result.Status).Append(' ').Append(result.Output).Append(' ').Append(result.Failure).Append(' ').Append(result.WaitSummary);
        text.Append(result.CustomStatusChanged).Append(result.CustomStatus).Append(result.TakenEvents).Append(result.ParkReason);
        text.AppendJoin(' ', result.Actions).Append(' ').AppendJoin(' ', result.CancelledTimers.Select(timer => timer.Id));
        if (result.Continuation is { } next)
            text.Append(next.Input).Append(Encoding.UTF8.GetString(HistorySerializer.WriteBatch(next.Inherited).Span));
        return text.ToString();
    }
}
