using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Activities;

/// <summary>Runs one activity in a service scope of its own and turns its end into an event.</summary>
internal sealed class ActivityRunner(
    DurableTaskRegistry registry,
    IServiceScopeFactory scopes,
    DataConverter converter,
    Func<Exception, IDictionary<string, object?>?>? exceptionProperties,
    IOrchestrationStore store,
    int maxDeliveries,
    ILogger logger)
{
    /// <summary>Told when an activity begins, with the flow of control that runs it; for hosts that drive time.</summary>
    public IActivityObserver? Observer { get; set; }

    /// <summary>Runs the activity. A failure of it is a result, never an exception of this method.</summary>
    public async Task<HistoryEvent> RunAsync(RunningActivity activity)
    {
        try
        {
            return await DeliverAsync(activity);
        }
        catch (Exception error)
        {
            // Whatever went wrong around the activity, such as in a logger: its caller must get an answer.
            return new TaskFailed(activity.Call.Key.TaskId, FailureRecord.From(TaskFailureDetails.FromException(error)));
        }
    }

    private async Task<HistoryEvent> DeliverAsync(RunningActivity activity)
    {
        ActivityRow call = activity.Call;
        if (registry.FindActivity(call.Name, call.Version) is not { } create)
            return Failed(call, EngineFailures.ActivityNotFound(call.Name, call.Version));
        if (call.Attempts >= maxDeliveries)
            return Failed(call, EngineFailures.PoisonActivity(call.Name, call.Attempts));

        await CountRedeliveryAsync(call);
        logger.ActivityStarted(call.Key.InstanceId, call.Name, call.Key.TaskId, call.Input?.Length ?? 0);
        Observer?.Begin(call.Key);
        try
        {
            string? output = await RunInScopeAsync(activity, create);
            logger.ActivityCompleted(call.Key.InstanceId, call.Name, call.Key.TaskId, output?.Length ?? 0);
            return new TaskCompleted(call.Key.TaskId, output);
        }
        catch (Exception error)
        {
            logger.ActivityFailed(error, call.Key.InstanceId, call.Name, call.Key.TaskId);
            return new TaskFailed(call.Key.TaskId, FailureRecord.From(TaskFailureDetails.FromException(error, exceptionProperties)));
        }
        finally
        {
            Observer?.End(call.Key);
        }
    }

    /// <summary>
    /// Counts a delivery before it begins, once a process has died while the call was open: only calls that were really
    /// under way at the next death are then suspected of it, not those that merely waited for their turn.
    /// </summary>
    private async Task CountRedeliveryAsync(ActivityRow call)
    {
        if (call.Attempts == 0)
            return;
        try
        {
            await store.CommitAsync(new() { Redeliveries = [call.Key] });
        }
        catch (StoreException error)
        {
            // The count guards against calls that kill the process; that it is one too low does no harm.
            logger.RedeliveryNotCounted(error, call.Key.InstanceId, call.Name, call.Key.TaskId);
        }
    }

    private async Task<string?> RunInScopeAsync(RunningActivity activity, Func<IServiceProvider, ITaskActivity> create)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        ITaskActivity implementation = create(scope.ServiceProvider);
        object? input = converter.Deserialize(activity.Call.Input, implementation.InputType);
        EngineActivityContext context = new(activity.Call, () => activity.Token);
        return converter.Serialize(await implementation.RunAsync(context, input));
    }

    private TaskFailed Failed(ActivityRow call, TaskFailureDetails failure)
    {
        logger.ActivityFailed(null, call.Key.InstanceId, call.Name, call.Key.TaskId);
        return new(call.Key.TaskId, FailureRecord.From(failure));
    }
}
