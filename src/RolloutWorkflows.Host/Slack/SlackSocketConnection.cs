using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>One connection of Socket Mode, after Slack said hello: takes what it brings and acknowledges each once it is taken.</summary>
internal sealed partial class SlackSocketConnection(SlackSocketFrames frames, SlackInbox inbox, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>Taken at the same time; more waits in the connection.</summary>
    private const int MaximumUnderWay = 16;

    private readonly SemaphoreSlim slots = new(MaximumUnderWay);
    private readonly TaskCompletionSource<SlackSocketEnding> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource closing = new();
    private Task reading = Task.CompletedTask;

    /// <summary>Completes when another connection is needed; this one may go on a while.</summary>
    public Task<SlackSocketEnding> Ending => ending.Task;

    /// <summary>Reads Slack's greeting.</summary>
    /// <exception cref="InvalidDataException">It is none, or of another app.</exception>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async Task GreetAsync(SlackOptions slack, CancellationToken cancellation)
    {
        try
        {
            var hello = SlackJson.Parse(await frames.ReceiveAsync(cancellation) ?? throw new InvalidDataException("Slack closed the connection before its greeting"));
            if (SlackJson.Text(hello, "type") != "hello") throw new InvalidDataException("Slack's first message is no greeting");
            if (slack.App is { } app && SlackJson.Text(SlackJson.Object(hello, "connection_info"), "app_id") is { } other && other != app)
                throw new InvalidDataException($"the app token belongs to the app {other}; extensions.rollout.slack.app says {app}");
        }
        catch (ProblemException odd)
        {
            throw new InvalidDataException(odd.Problem.Detail);
        }
    }

    /// <summary>Begins to take what Slack sends.</summary>
    public void Start() => reading = ReadAsync();

    /// <summary>Goes on until Slack closes the connection, but no longer than so, and closes it.</summary>
    public async Task RetireAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        await reading.WaitAsync(atMost, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await CloseAsync();
    }

    /// <summary>Takes nothing more, lets what is under way be acknowledged, and closes.</summary>
    public async Task CloseAsync()
    {
        using var patience = new CancellationTokenSource(SlackCommands.Limit, time);
        try
        {
            for (var slot = 0; slot < MaximumUnderWay; slot++) await slots.WaitAsync(patience.Token);
            await frames.CloseAsync(patience.Token);
            await reading.WaitAsync(patience.Token);
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException)
        {
            // It is gone already, or does not answer.
        }

        await closing.CancelAsync();
        await reading;
        Dispose();
    }

    public void Dispose()
    {
        closing.Dispose();
        frames.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await frames.ReceiveAsync(closing.Token) is { } message) await TakeAsync(message);
            LogEnded("Slack closed it");
        }
        catch (Exception broken) when (broken is WebSocketException or InvalidDataException)
        {
            LogEnded(broken.Message);
        }
        catch (OperationCanceledException)
        {
            // Closed from here.
        }

        ending.TrySetResult(SlackSocketEnding.Broken);
    }

    private async Task TakeAsync(string message)
    {
        JsonElement envelope;
        string? type, id;
        try
        {
            envelope = SlackJson.Parse(message);
            (type, id) = (SlackJson.Text(envelope, "type"), SlackJson.Text(envelope, "envelope_id"));
            if (type == "disconnect") End(SlackJson.Text(envelope, "reason"));
        }
        catch (ProblemException odd)
        {
            LogOdd(odd.Problem.Detail);
            return;
        }

        if (id is null) return;
        await slots.WaitAsync(closing.Token);
        _ = Task.Run(() => AnswerAsync(type, id, envelope));
    }

    private void End(string? reason) => ending.TrySetResult(reason == "link_disabled" ? SlackSocketEnding.SwitchedOff : SlackSocketEnding.Replaced);

    /// <summary>Whatever it is, it is acknowledged once it is taken or refused; what was not taken is not, so that Slack or the person sends it again.</summary>
    private async Task AnswerAsync(string? type, string id, JsonElement envelope)
    {
        try
        {
            var acknowledgement = new JsonObject { ["envelope_id"] = id };
            if (await HandleAsync(type, envelope) is { } payload) acknowledgement["payload"] = payload;
            using var patience = new CancellationTokenSource(SlackCommands.Limit, time);
            await frames.SendAsync(acknowledgement, patience.Token);
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException)
        {
            LogEnded(broken.Message);
        }
        catch (ProblemException)
        {
            // Logged where it was refused.
        }
        catch (Exception error)
        {
            LogFailed(error);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<JsonObject?> HandleAsync(string? type, JsonElement envelope)
    {
        try
        {
            var payload = SlackJson.Object(envelope, "payload");
            return type switch
            {
                "interactive" => await inbox.InteractionAsync(payload ?? throw SlackProblems.Odd("'payload' is missing"), time.GetUtcNow()),
                "slash_commands" => await inbox.CommandAsync(name => SlackJson.Text(payload, name), time.GetUtcNow(), CancellationToken.None),
                // Nobody here waits for anything else.
                _ => null,
            };
        }
        catch (ProblemException refused) when (refused.Problem.Status < 500)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The connection to Slack ended: {Why}")]
    private partial void LogEnded(string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What Slack sent over its socket is passed over: {Why}")]
    private partial void LogOdd(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "What Slack sent over its socket could not be taken")]
    private partial void LogFailed(Exception error);
}
