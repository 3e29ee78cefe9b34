namespace RolloutWorkflows.Activities;

/// <summary>The outbox in memory, for tests and simulations.</summary>
public sealed class InMemoryOutbox(IRunLog log, TimeProvider time) : IOutbox
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Run, string Lane), OutboxLane> _lanes = [];
    private readonly SortedDictionary<long, OutboxMessage> _messages = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public ValueTask OpenAsync(string runId, string lane, CancellationToken cancellation = default)
    {
        lock (_lock) Open(runId, lane);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<OutboxLane>> NoteNewsAsync(string runId, IReadOnlyList<string> lanes, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            var told = _lanes.Values.Where(one => one.RunId == runId && lanes.Contains(one.Name))
                .Select(one => one with { News = one.News + 1, IsFinished = false, Opening = one.IsFinished ? one.Opening + 1 : one.Opening }).ToList();
            foreach (var one in told) _lanes[(one.RunId, one.Name)] = one;
            return new(told);
        }
    }

    public async ValueTask<IReadOnlyList<OutboxLane>> ListToWakeAsync(CancellationToken cancellation = default)
    {
        var found = new List<OutboxLane>();
        foreach (var lane in await ListLanesAsync(cancellation: cancellation))
        {
            if (!lane.IsFinished || (lane.IsOfChannel && (await log.ReadAsync(lane.RunId, lane.Cursor, 1, cancellation)).Entries.Count > 0)) found.Add(lane);
        }

        return found;
    }

    public ValueTask<OutboxLane?> FindLaneAsync(string runId, string lane, CancellationToken cancellation = default)
    {
        lock (_lock) return new(_lanes.GetValueOrDefault((runId, lane)));
    }

    public ValueTask<IReadOnlyList<OutboxLane>> ListLanesAsync(string? runId = null, CancellationToken cancellation = default)
    {
        lock (_lock) return new([.. _lanes.Values.Where(lane => runId is null || lane.RunId == runId)]);
    }

    public ValueTask StoreAsync(string runId, string lane, IReadOnlyList<ChannelMessage> messages, long? cursor = null, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            var opened = Open(runId, lane);
            foreach (var message in messages.Where(message => _ids.Add(message.MessageId)))
            {
                var number = _messages.Count + 1;
                _messages.Add(number, new OutboxMessage { Number = number, Lane = lane, Message = message, StoredAt = time.GetUtcNow() });
            }

            if (cursor > opened.Cursor) _lanes[(runId, lane)] = opened with { Cursor = cursor.Value };
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<OutboxMessage?> NextAsync(string runId, string lane, CancellationToken cancellation = default)
    {
        lock (_lock) return new(Pending(runId, lane).FirstOrDefault());
    }

    public ValueTask<bool> ChangeAsync(OutboxMessage before, OutboxMessage after, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            if (_messages[before.Number] is not { } present || present.State != before.State || present.Attempts != before.Attempts) return new(false);
            _messages[before.Number] = after;
            return new(true);
        }
    }

    public ValueTask KeepRefreshAsync(OutboxLane lane, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            _lanes[(lane.RunId, lane.Name)] = _lanes[(lane.RunId, lane.Name)] with
            {
                RefreshedAt = lane.RefreshedAt,
                FailedRefreshes = lane.FailedRefreshes,
                NextRefresh = lane.NextRefresh,
                Problem = lane.Problem,
            };
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> FinishAsync(OutboxLane lane, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            var present = _lanes[(lane.RunId, lane.Name)];
            if (present.News != lane.News || present.Opening != lane.Opening || Pending(lane.RunId, lane.Name).Any()) return new(false);
            _lanes[(lane.RunId, lane.Name)] = present with { IsFinished = true };
            return new(true);
        }
    }

    public ValueTask<OutboxMessage?> FindAsync(long number, CancellationToken cancellation = default)
    {
        lock (_lock) return new(_messages.GetValueOrDefault(number));
    }

    public ValueTask<IReadOnlyList<OutboxMessage>> ListAsync(OutboxQuery query, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            return new([.. _messages.Values
                .Where(message => message.Number > query.After
                    && (query.RunId is null || message.RunId == query.RunId)
                    && (query.Lane is null || message.Lane == query.Lane)
                    && (query.State is null || message.State == query.State))
                .Take(query.Limit)]);
        }
    }

    private OutboxLane Open(string runId, string lane)
    {
        if (_lanes.TryGetValue((runId, lane), out var there)) return there;
        return _lanes[(runId, lane)] = new OutboxLane { RunId = runId, Name = lane };
    }

    private IEnumerable<OutboxMessage> Pending(string runId, string lane) =>
        _messages.Values.Where(message => message.State == OutboxState.Pending && message.RunId == runId && message.Lane == lane);
}
