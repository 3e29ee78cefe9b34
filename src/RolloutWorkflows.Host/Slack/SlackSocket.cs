using System.Net.WebSockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>
/// Socket Mode: connects to Slack, so that a server without a public address hears clicks and commands as well. Runs where
/// there is an app token. A connection that Slack announces to close is replaced before it closes; a broken one is made
/// anew, again and again, up to a minute apart.
/// </summary>
internal sealed partial class SlackSocket(ISlack slack, SlackOptions options, SlackInbox inbox, TimeProvider time, ILogger<SlackSocket> log) : BackgroundService
{
    /// <summary>The longest wait between two tries.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>How long a replaced connection is read on; Slack closes it about ten seconds after its announcement.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(15);

    /// <summary>A connection that held so long ends a row of failures.</summary>
    private static readonly TimeSpan Sound = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private volatile string? problem = "not connected yet";

    /// <summary>Why nothing is heard from Slack over a socket at this moment; null where it is, or where no app token is configured.</summary>
    public string? Problem => options.AppToken is null ? null : problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.AppToken is null) return;
        if (options.Team is null)
        {
            problem = "extensions.rollout.slack.team is missing, so it is not known whose people are heard";
            LogFailed(problem);
            return;
        }

        var retired = new List<Task>();
        SlackSocketConnection? current = null;
        var failures = 0;
        try
        {
            while (true)
            {
                await Task.Delay(WaitAfter(failures), time, stoppingToken);
                if (await TryConnectAsync(stoppingToken) is not { } next)
                {
                    failures++;
                    continue;
                }

                if (current is not null) retired.Add(current.RetireAsync(Overlap, stoppingToken));
                retired.RemoveAll(task => task.IsCompleted);
                current = next;
                var since = time.GetTimestamp();
                var ending = await current.Ending.WaitAsync(stoppingToken);
                failures = time.GetElapsedTime(since) >= Sound ? 0 : failures + 1;
                if (ending == SlackSocketEnding.Replaced) continue;
                problem = "the connection broke";
                await current.CloseAsync();
                current = null;
                if (ending != SlackSocketEnding.SwitchedOff) continue;
                problem = "Socket Mode is switched off in the app's settings";
                LogFailed(problem);
                await Task.Delay(LongestWait, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            problem = "the server stops";
        }
        finally
        {
            if (current is not null) await current.CloseAsync();
            await Task.WhenAll(retired);
        }
    }

    /// <summary>At once after the first failure, then one second, two, four, up to a minute.</summary>
    public static TimeSpan WaitAfter(int failures) => failures switch
    {
        <= 1 => TimeSpan.Zero,
        > 7 => LongestWait,
        _ => TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, failures - 2))),
    };

    /// <summary>A connection that Slack has greeted; null where there is none to be had now.</summary>
    private async Task<SlackSocketConnection?> TryConnectAsync(CancellationToken stopping)
    {
        try
        {
            var connection = await ConnectAsync(stopping);
            problem = null;
            LogConnected();
            return connection;
        }
        catch (SlackException refused)
        {
            Fail(refused.Message);
            if (refused.After is { } after) await Task.Delay(after < LongestWait ? after : LongestWait, time, stopping);
        }
        catch (Exception error) when (error is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            // Whatever it is, the server goes on without Slack and tries again.
            Fail(error is OperationCanceledException ? $"no greeting within {Patience.TotalSeconds:0} s" : error.Message);
        }

        return null;
    }

    private async Task<SlackSocketConnection> ConnectAsync(CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        // It holds a ticket, so it is in no message.
        var address = await slack.OpenConnectionAsync(both.Token);
        var socket = new ClientWebSocket();
        (socket.Options.KeepAliveInterval, socket.Options.KeepAliveTimeout) = (Patience, Patience);
        if (address.IsLoopback) socket.Options.Proxy = null;
        var connection = new SlackSocketConnection(new SlackSocketFrames(socket), inbox, time, log);
        try
        {
            await socket.ConnectAsync(address, both.Token);
            await connection.GreetAsync(options, both.Token);
            connection.Start();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Fail(string why)
    {
        problem = why;
        LogFailed(why);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to Slack over a socket")]
    private partial void LogConnected();

    [LoggerMessage(Level = LogLevel.Warning, Message = "No connection to Slack over a socket: {Why}")]
    private partial void LogFailed(string why);
}
