namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>
/// A store in memory, for tests and simulations: it follows the same contract as a durable one and outlives the engine
/// that uses it, but not the process. Closing and opening it again stands for a restart; opening it without closing
/// stands for a crash.
/// </summary>
public sealed class InMemoryOrchestrationStore : IOrchestrationStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StoredInstance> _instances = new(StringComparer.Ordinal);
    private readonly List<DeadLetter> _deadLetters = [];
    private readonly SortedSet<TimerRow> _timers = new(Comparer<TimerRow>.Create(CompareTimers));
    private readonly OrderedDictionary<ActivityKey, ActivityRow> _activities = [];
    private long _epoch;
    private long _lastSequence;
    private bool _clean = true;

    /// <summary>Units committed so far.</summary>
    public long CommittedUnits { get; private set; }

    /// <summary>Called before a unit is applied; an exception from it makes the commit fail. For fault tests.</summary>
    public Action<StoreUnit>? BeforeCommit { get; set; }

    /// <inheritdoc/>
    public Task<StoreRecovery> OpenAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            bool clean = _clean;
            if (!clean)
            {
                foreach (ActivityRow activity in _activities.Values.ToList())
                    _activities[activity.Key] = activity with { Attempts = Math.Max(1, activity.Attempts) };
            }

            _clean = false;
            return Task.FromResult(new StoreRecovery(++_epoch, clean, _lastSequence));
        }
    }

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(StoreUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        lock (_gate)
        {
            try
            {
                BeforeCommit?.Invoke(unit);
            }
            catch (Exception error)
            {
                return Task.FromException<CommitResult>(error);
            }

            CommittedUnits++;
            return Task.FromResult(Apply(unit));
        }
    }

    /// <inheritdoc/>
    public Task<InstanceRow?> GetInstanceAsync(string instanceId, CancellationToken cancellation)
    {
        lock (_gate)
            return Task.FromResult(_instances.GetValueOrDefault(instanceId)?.Row);
    }

    /// <inheritdoc/>
    public Task<InstancePage> QueryInstancesAsync(InstanceQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_gate)
        {
            List<InstanceRow> found = [.. _instances.Values
                .Select(instance => instance.Row)
                .Where(row => Matches(row, query))
                .OrderBy(row => row.CreatedAt).ThenBy(row => row.InstanceId, StringComparer.Ordinal)
                .Take(query.PageSize + 1)];
            InstanceCursor? next = found.Count > query.PageSize
                ? new(found[query.PageSize - 1].CreatedAt, found[query.PageSize - 1].InstanceId)
                : null;
            return Task.FromResult(new InstancePage([.. found.Take(query.PageSize).Select(row => query.WithPayloads ? row : row with
            {
                Input = null,
                Output = null,
                Failure = null,
                CustomStatus = null,
            })], next));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HistoryBatch>> LoadHistoryAsync(string instanceId, string executionId, CancellationToken cancellation)
    {
        lock (_gate)
        {
            IReadOnlyList<HistoryBatch> batches = _instances.TryGetValue(instanceId, out StoredInstance? instance)
                ? [.. instance.History.Where(batch => batch.ExecutionId == executionId).OrderBy(batch => batch.Sequence)]
                : [];
            return Task.FromResult(batches);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoreMessage>> LoadInboxAsync(string instanceId, CancellationToken cancellation)
    {
        lock (_gate)
        {
            IReadOnlyList<StoreMessage> messages = _instances.TryGetValue(instanceId, out StoredInstance? instance)
                ? [.. instance.Inbox.Values]
                : [];
            return Task.FromResult(messages);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> LoadRunnableInstancesAsync(DateTime now, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. _instances.Values
                .Where(instance => instance.Inbox.Count > 0
                    || (instance.Row is { LastSequence: 0, HasEnded: false } && !(instance.Row.StartAt > now)))
                .Select(instance => instance.Row.InstanceId)]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TimerRow>> LoadTimersAsync(DateTime after, DateTime until, CancellationToken cancellation)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<TimerRow>>([.. _timers.Where(timer => timer.DueAt > after && timer.DueAt <= until)]);
    }

    /// <inheritdoc/>
    public Task<DateTime?> GetNextTimerAsync(DateTime after, CancellationToken cancellation)
    {
        lock (_gate)
        {
            foreach (TimerRow timer in _timers)
            {
                if (timer.DueAt > after)
                    return Task.FromResult<DateTime?>(timer.DueAt);
            }

            return Task.FromResult<DateTime?>(null);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ActivityRow>> LoadActivitiesAsync(CancellationToken cancellation)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<ActivityRow>>([.. _activities.Values]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadLetter>> LoadDeadLettersAsync(int limit, CancellationToken cancellation)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<DeadLetter>>([.. _deadLetters.AsEnumerable().Reverse().Take(limit)]);
    }

    /// <inheritdoc/>
    public Task CloseAsync(CancellationToken cancellation)
    {
        lock (_gate)
            _clean = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private CommitResult Apply(StoreUnit unit)
    {
        if (unit.Update is { } expected && !Fits(expected))
            return CommitResult.Stale;
        if (unit.Creations.FirstOrDefault(creation => creation.ConflictMessage is null && Forbidden(creation)) is { } refused)
            return new() { Outcome = CommitOutcome.Rejected, RejectedCreations = [refused.Instance.InstanceId] };

        List<string> rejected = [];
        List<long> undelivered = [];
        int purged = unit.Purges.Count(id => _instances.TryGetValue(id, out StoredInstance? instance) && instance.Row.HasEnded && Remove(id));
        if (unit.Update is { } update)
            ApplyUpdate(update, unit);
        foreach (long sequence in unit.ConsumedMessages)
            Consume(sequence, unit.Update?.InstanceId);
        if (unit.Update is { HasEnded: true } ended)
            SweepInbox(_instances[ended.InstanceId]);
        foreach (TimerRow timer in unit.RemovedTimers)
            _timers.Remove(timer);
        foreach (ActivityKey activity in unit.RemovedActivities)
            _activities.Remove(activity);
        foreach (ActivityKey key in unit.Redeliveries)
        {
            if (_activities.TryGetValue(key, out ActivityRow? again))
                _activities[key] = again with { Attempts = again.Attempts + 1 };
        }

        foreach (InstanceCreation creation in unit.Creations)
            Create(creation, rejected, undelivered);
        foreach (TimerRow timer in unit.NewTimers)
            _timers.Add(timer);
        foreach (ActivityRow activity in unit.NewActivities)
            _activities[activity.Key] = activity;
        foreach (StoreMessage message in unit.Messages)
            Deliver(message, undelivered);
        return purged == 0 && undelivered.Count == 0 && rejected.Count == 0
            ? CommitResult.Committed
            : new() { PurgedInstances = purged, UndeliveredMessages = undelivered, RejectedCreations = rejected };
    }

    private bool Fits(InstanceUpdate update) =>
        _instances.TryGetValue(update.InstanceId, out StoredInstance? stored)
        && stored.Row.ExecutionId == update.ExpectedExecutionId
        && stored.Row.LastSequence == update.ExpectedSequence;

    private bool Forbidden(InstanceCreation creation) =>
        _instances.TryGetValue(creation.Instance.InstanceId, out StoredInstance? existing)
        && creation.ForbiddenStatuses.Contains(existing.Row.Status);

    private void ApplyUpdate(InstanceUpdate update, StoreUnit unit)
    {
        StoredInstance stored = _instances[update.InstanceId];
        InstanceRow row = stored.Row with
        {
            LastSequence = update.LastSequence,
            Status = update.Status,
            UpdatedAt = update.UpdatedAt,
            CompletedAt = update.CompletedAt,
            CustomStatus = update.CustomStatusChanged ? update.CustomStatus : stored.Row.CustomStatus,
            Output = update.Output,
            Failure = update.Failure,
            WaitSummary = update.WaitSummary,
            Attempts = update.Attempts,
            ParkedReason = update.ParkedReason,
        };
        stored.Row = update.NewExecution is not { } next
            ? row
            : row with { ExecutionId = next.ExecutionId, Version = next.Version, Input = next.Input, StartAt = null };
        if (unit.DropHistory)
            stored.History.Clear();
        if (unit.History is { } batch)
            stored.History.Add(batch);
        if (unit.DropOpenWork)
            DropWork(update.InstanceId);
    }

    private void Create(InstanceCreation creation, List<string> rejected, List<long> undelivered)
    {
        if (Forbidden(creation))
        {
            rejected.Add(creation.Instance.InstanceId);
            Deliver(creation.ConflictMessage!, undelivered);
            return;
        }

        Remove(creation.Instance.InstanceId);
        _instances[creation.Instance.InstanceId] = new() { Row = creation.Instance };
    }

    private void Deliver(StoreMessage message, List<long> undelivered)
    {
        _lastSequence = Math.Max(_lastSequence, message.Sequence);
        if (!_instances.TryGetValue(message.InstanceId, out StoredInstance? target))
            Refuse(message, DeadLetter.UnknownInstance, undelivered);
        else if (target.Row.HasEnded)
            Refuse(message, DeadLetter.EndedInstance, undelivered);
        else if (message.ExecutionId is { } execution && execution != target.Row.ExecutionId)
            undelivered.Add(message.Sequence);
        else
            target.Inbox[message.Sequence] = message;
    }

    private void Refuse(StoreMessage message, string reason, List<long> undelivered)
    {
        undelivered.Add(message.Sequence);
        if (message.KeepAsDeadLetter)
            _deadLetters.Add(new(message.Sequence, message.InstanceId, message.Payload, reason));
    }

    private void Consume(long sequence, string? instanceId)
    {
        if (instanceId is not null)
        {
            _instances[instanceId].Inbox.Remove(sequence);
            return;
        }

        foreach (StoredInstance instance in _instances.Values)
            instance.Inbox.Remove(sequence);
    }

    private void SweepInbox(StoredInstance instance)
    {
        foreach (StoreMessage message in instance.Inbox.Values.Where(message => message.KeepAsDeadLetter))
            _deadLetters.Add(new(message.Sequence, message.InstanceId, message.Payload, DeadLetter.EndedInstance));
        instance.Inbox.Clear();
    }

    private bool Remove(string instanceId)
    {
        DropWork(instanceId);
        return _instances.Remove(instanceId);
    }

    private void DropWork(string instanceId)
    {
        _timers.RemoveWhere(timer => timer.InstanceId == instanceId);
        foreach (ActivityKey key in _activities.Keys.Where(key => key.InstanceId == instanceId).ToList())
            _activities.Remove(key);
    }

    private static bool Matches(InstanceRow row, InstanceQuery query) =>
        !(row.CreatedAt < query.CreatedFrom)
        && !(row.CreatedAt > query.CreatedTo)
        && query.Statuses?.Contains(row.Status) != false
        && (query.InstanceIdPrefix is null || row.InstanceId.StartsWith(query.InstanceIdPrefix, StringComparison.Ordinal))
        && (query.ParentInstanceId is null || row.Parent?.InstanceId == query.ParentInstanceId)
        && (!query.ParkedOnly || row.ParkedReason is not null)
        && (query.After is not { } after || row.CreatedAt > after.CreatedAt
            || (row.CreatedAt == after.CreatedAt && string.CompareOrdinal(row.InstanceId, after.InstanceId) > 0));

    private static int CompareTimers(TimerRow a, TimerRow b)
    {
        int order = a.DueAt.CompareTo(b.DueAt);
        if (order == 0)
            order = string.CompareOrdinal(a.InstanceId, b.InstanceId);
        if (order == 0)
            order = string.CompareOrdinal(a.ExecutionId, b.ExecutionId);
        return order == 0 ? a.TaskId.CompareTo(b.TaskId) : order;
    }

    private sealed class StoredInstance
    {
        public required InstanceRow Row { get; set; }

        public List<HistoryBatch> History { get; } = [];

        public SortedDictionary<long, StoreMessage> Inbox { get; } = [];
    }
}
