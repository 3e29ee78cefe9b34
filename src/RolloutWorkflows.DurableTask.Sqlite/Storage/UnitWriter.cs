using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>
/// Applies the engine's units on the writer's connection, in the order of the unit's members. A unit that is refused
/// leaves nothing behind. Used by the writer's thread alone.
/// </summary>
internal sealed class UnitWriter(SqliteDatabase database)
{
    private long lastActivity = ActivityTable.LastAdded(database);

    internal CommitResult Apply(StoreUnit unit)
    {
        if (!MayBeRefusedLate(unit)) return ApplyParts(unit);
        database.Execute("SAVEPOINT unit");
        var result = ApplyParts(unit);
        if (result.Outcome != CommitOutcome.Committed) database.Execute("ROLLBACK TO unit");
        database.Execute("RELEASE unit");
        return result;
    }

    /// <summary>Whether a refusal could come after something was written. Ordinary turns check first and need no way back.</summary>
    private static bool MayBeRefusedLate(StoreUnit unit)
    {
        if (unit.Purges.Count > 0 && unit.Update is not null) return true;
        var isAlone = unit.Update is null && unit.Purges.Count == 0 && unit.Creations.Count == 1;
        return !isAlone && unit.Creations.Any(creation => creation.ConflictMessage is null);
    }

    private CommitResult ApplyParts(StoreUnit unit)
    {
        var report = new UnitReport();
        foreach (var id in unit.Purges) Purge(id, report);
        if (report.Purged > 0) GiveBackSpace();

        long? updated = null;
        if (unit.Update is { } update)
        {
            if (InstanceTable.Find(database, update.InstanceId) is not { } before
                || before.ExecutionId != update.ExpectedExecutionId
                || before.LastSequence != update.ExpectedSequence)
                return CommitResult.Stale;
            updated = before.Number;
            InstanceTable.Update(database, before, update);
        }

        if (unit.DropHistory && updated is { } dropped) HistoryTable.DeleteAll(database, dropped);
        if (unit.History is { } batch) HistoryTable.Insert(database, Number(batch.InstanceId, unit.Update, updated), batch);
        foreach (var sequence in unit.ConsumedMessages) InboxTable.Delete(database, sequence);
        if (unit.Update is { HasEnded: true } ended) DiscardInbox(updated!.Value, ended.InstanceId);
        ApplyWork(unit, updated);
        foreach (var creation in unit.Creations)
            if (!Create(creation, report)) return Rejected(unit);
        AddStartTimers(unit, report);
        foreach (var message in unit.Messages) Deliver(message, report);
        return report.ToResult();
    }

    private CommitResult Rejected(StoreUnit unit) => new()
    {
        Outcome = CommitOutcome.Rejected,
        RejectedCreations = [.. unit.Creations.Where(IsForbidden).Select(creation => creation.Instance.InstanceId)],
    };

    private bool IsForbidden(InstanceCreation creation) =>
        InstanceTable.Find(database, creation.Instance.InstanceId) is { } existing && creation.ForbiddenStatuses.Contains(existing.Status);

    private void ApplyWork(StoreUnit unit, long? updated)
    {
        if (unit.DropOpenWork && updated is { } instance)
        {
            TimerTable.DeleteAll(database, instance);
            ActivityTable.DeleteAll(database, instance);
        }

        foreach (var timer in unit.RemovedTimers)
            if (FindNumber(timer.InstanceId, unit.Update, updated) is { } owner) TimerTable.Delete(database, owner, timer);
        foreach (var key in unit.RemovedActivities)
            if (FindNumber(key.InstanceId, unit.Update, updated) is { } owner) ActivityTable.Delete(database, owner, key);
        foreach (var key in unit.Redeliveries)
            if (FindNumber(key.InstanceId, unit.Update, updated) is { } owner) ActivityTable.CountAttempt(database, owner, key);
        foreach (var timer in unit.NewTimers)
            if (!IsCreatedHere(unit, timer.InstanceId)) TimerTable.Insert(database, Number(timer.InstanceId, unit.Update, updated), timer);
        foreach (var activity in unit.NewActivities)
            ActivityTable.Insert(database, Number(activity.Key.InstanceId, unit.Update, updated), activity, ++lastActivity);
    }

    /// <summary>The timers of instances that the same unit creates need those instances' numbers.</summary>
    private void AddStartTimers(StoreUnit unit, UnitReport report)
    {
        if (unit.Creations.Count == 0) return;
        foreach (var timer in unit.NewTimers)
            if (IsCreatedHere(unit, timer.InstanceId) && report.Rejected?.Contains(timer.InstanceId) != true)
                TimerTable.Insert(database, Number(timer.InstanceId, null, null), timer);
    }

    private void Purge(string instanceId, UnitReport report)
    {
        if (InstanceTable.Find(database, instanceId) is not { HasEnded: true } instance) return;
        InstanceTable.Delete(database, instance.Number);
        report.Purged++;
    }

    /// <summary>Freed pages are used again; what exceeds a quarter of the file goes back to the disk, a little with each purge.</summary>
    private void GiveBackSpace()
    {
        var free = database.QueryFirst("PRAGMA freelist_count", row => row.GetInt64(0));
        var pages = database.QueryFirst("PRAGMA page_count", row => row.GetInt64(0));
        if (free > pages / 4) database.Query("PRAGMA incremental_vacuum(256)", _ => 0);
    }

    /// <returns>False when the creation is forbidden and must take the whole unit with it.</returns>
    private bool Create(InstanceCreation creation, UnitReport report)
    {
        if (InstanceTable.Find(database, creation.Instance.InstanceId) is { } existing)
        {
            if (creation.ForbiddenStatuses.Contains(existing.Status))
            {
                if (creation.ConflictMessage is not { } conflict) return false;
                (report.Rejected ??= []).Add(creation.Instance.InstanceId);
                Deliver(conflict, report);
                return true;
            }

            InstanceTable.Delete(database, existing.Number);
        }

        InstanceTable.Insert(database, creation.Instance);
        return true;
    }

    private void Deliver(StoreMessage message, UnitReport report)
    {
        var receiver = InstanceTable.Find(database, message.InstanceId);
        if (receiver is { HasEnded: false } live && (message.ExecutionId is null || message.ExecutionId == live.ExecutionId))
        {
            InboxTable.Insert(database, live.Number, message);
            return;
        }

        (report.Undelivered ??= []).Add(message.Sequence);
        if (!message.KeepAsDeadLetter) return;
        if (receiver is null) DeadLetterTable.Insert(database, message, DeadLetter.UnknownInstance);
        else if (receiver.Value.HasEnded) DeadLetterTable.Insert(database, message, DeadLetter.EndedInstance);
    }

    private void DiscardInbox(long instance, string instanceId)
    {
        var waiting = InboxTable.Load(database, instance, instanceId);
        if (waiting.Count == 0) return;
        foreach (var message in waiting.Where(message => message.KeepAsDeadLetter))
            DeadLetterTable.Insert(database, message, DeadLetter.EndedInstance);
        InboxTable.DeleteAll(database, instance);
    }

    private static bool IsCreatedHere(StoreUnit unit, string instanceId) =>
        unit.Creations.Any(creation => creation.Instance.InstanceId == instanceId);

    private long Number(string instanceId, InstanceUpdate? update, long? updated) =>
        FindNumber(instanceId, update, updated)
        ?? throw new StoreException($"Bug in RolloutWorkflows: a unit adds rows to instance '{instanceId}', which does not exist; please report it.");

    private long? FindNumber(string instanceId, InstanceUpdate? update, long? updated) =>
        updated is not null && update!.InstanceId == instanceId ? updated : InstanceTable.FindNumber(database, instanceId);
}
