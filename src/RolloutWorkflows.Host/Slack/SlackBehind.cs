using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.Host;

/// <summary>
/// What is done for Slack after it has been answered, since it waits three seconds and no longer: dialogs and texts, never
/// a command, which is stored before its answer. A crash loses it; whoever clicked clicks again. Thread-safe.
/// </summary>
internal sealed partial class SlackBehind(ILogger<SlackBehind> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly HashSet<Task> underWay = [];

    /// <summary>Does something without being waited for. Whatever it throws is logged.</summary>
    public void Do(string what, Func<CancellationToken, Task> work)
    {
        lock (gate)
        {
            if (stopping.IsCancellationRequested) return;
            var task = Task.Run(() => DoCarefullyAsync(what, work));
            underWay.Add(task);
            _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Completes when nothing is under way.</summary>
    public async Task SettleAsync()
    {
        while (true)
        {
            Task[] tasks;
            lock (gate) tasks = [.. underWay];
            if (tasks.Length == 0) return;
            await Task.WhenAll(tasks);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await SettleAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => stopping.Dispose();

    private async Task DoCarefullyAsync(string what, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops; whoever clicked clicks again.
        }
        catch (Exception error)
        {
            LogFailed(error, what);
        }
    }

    private void Forget(Task task)
    {
        lock (gate) underWay.Remove(task);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{What} failed after Slack had been answered")]
    private partial void LogFailed(Exception error, string what);
}
