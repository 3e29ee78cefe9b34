using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Activities;

/// <summary>One activity on its way from dispatch to its end.</summary>
#pragma warning disable CA1001 // The source has no timer and no link, and what the activity left behind may still look at its token.
internal sealed class RunningActivity(ActivityRow call, ActivityDispatcher dispatcher) : IThreadPoolWorkItem
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _cancellation;
    private bool _cancelled;

    public ActivityRow Call => call;

    /// <summary>Made on demand: most activities never look at it.</summary>
    public CancellationToken Token
    {
        get
        {
            lock (_gate)
            {
                if (_cancellation is null)
                {
                    _cancellation = new();
                    if (_cancelled)
                        _cancellation.Cancel();
                }

                return _cancellation.Token;
            }
        }
    }

    /// <summary>Signals that the activity should stop. What its own callbacks throw is theirs.</summary>
    public void Cancel()
    {
        CancellationTokenSource? source;
        lock (_gate)
        {
            _cancelled = true;
            source = _cancellation;
        }

        try
        {
            source?.Cancel();
        }
        catch (AggregateException)
        {
            // The token is cancelled all the same; the engine must not stumble over a callback of an activity.
        }
    }

    public void Execute() => _ = dispatcher.RunAsync(this);
}
