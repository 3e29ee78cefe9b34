namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <content>What the orchestrator asks for, through its context.</content>
internal sealed partial class OrchestrationExecution
{
    /// <summary>Refuses callers outside the orchestration's own thread of control.</summary>
    /// <exception cref="InvalidOperationException">The caller is outside.</exception>
    public void RequireTurn()
    {
        if (_thread.IsCurrent)
            return;
        _thread.Refuse();
        throw new InvalidOperationException(
            $"The context of orchestration '{Identity.Name}' was used outside its own thread of control. Await only tasks that the context "
            + "created, and do not use ConfigureAwait(false), Task.Run or timers of the runtime in an orchestrator.");
    }

    public Task<T> CallActivity<T>(TaskName name, string version, string? input, string? tagsJson)
    {
        OpenTaskOf<T> task = new(_actions.TakeTaskId(), OpenTaskKind.Activity, name.Name);
        _open.Add(task.Id, task);
        _actions.Add(new ScheduleActivity(task.Id, name.Name, version, input, tagsJson));
        return task.Task;
    }

    public Task<T> StartChild<T>(TaskName name, string version, string instanceId, string? input, string? tagsJson)
    {
        OpenTaskOf<T> task = new(_actions.TakeTaskId(), OpenTaskKind.SubOrchestration, name.Name) { ChildInstanceId = instanceId };
        _open.Add(task.Id, task);
        _actions.Add(new StartChild(task.Id, name.Name, version, instanceId, input, tagsJson));
        return task.Task;
    }

    public Task CreateTimer(DateTime dueAt, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled(cancellation);

        OpenTaskOf<object?> timer = new(_actions.TakeTaskId(), OpenTaskKind.Timer, string.Empty) { DueAt = dueAt };
        _open.Add(timer.Id, timer);
        _actions.Add(new CreateTimer(timer.Id, dueAt));
        if (cancellation.CanBeCanceled)
            timer.Cancellation = cancellation.Register(() => CancelTimer(timer, cancellation));
        return timer.Task;
    }

    public Task<T> WaitForEvent<T>(string name, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellation);

        EventWaiterOf<T> waiter = new();
        _events.Wait(name, waiter, Settings.Converter);
        if (waiter.IsWaiting && cancellation.CanBeCanceled)
            waiter.Cancellation = cancellation.Register(() => CancelWaiter(waiter, cancellation));
        return waiter.Task;
    }

    public void SendEvent(string instanceId, string name, string? payload) =>
        _actions.Add(new SendEventAction(_actions.TakeTaskId(), instanceId, name, payload));

    public void SetCustomStatus(string? status)
    {
        _customStatus = status;
        _customStatusChanged = true;
    }

    public void ContinueAsNew(string? input, string version, bool preserveEvents) => _continueAsNew = new(input, version, preserveEvents);

    private void CancelTimer(OpenTask timer, CancellationToken cancellation)
    {
        if (!_thread.IsCurrent)
        {
            _thread.Refuse();
            return;
        }

        if (!_open.Remove(timer.Id))
            return;
        // One that was created in this very turn needs no row at all.
        if (!_actions.Withdraw(timer.Id))
            _cancelledTimers.Add(timer);
        timer.Cancel(cancellation);
    }

    private void CancelWaiter(EventWaiter waiter, CancellationToken cancellation)
    {
        if (_thread.IsCurrent)
            waiter.Cancel(cancellation);
        else
            _thread.Refuse();
    }
}
