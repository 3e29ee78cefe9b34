using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Counterparts;

/// <summary>Socket Mode: the app connects to Slack, and what people do comes through that connection.</summary>
public sealed partial class FakeSlack
{
    private readonly HashSet<string> tickets = [];
    private readonly List<WebSocket> sockets = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> envelopes = new();

    /// <summary>How many connections are open.</summary>
    public int Connections => Locked(() => sockets.Count);

    /// <summary>How many connections have been made so far, those that ended included.</summary>
    public int ConnectionsMade { get; private set; }

    /// <summary>Everything that apps sent through sockets, in order.</summary>
    public ConcurrentQueue<JsonObject> Acknowledgements { get; } = new();

    /// <summary>Waits until the app has so many connections open.</summary>
    public Task WaitForConnectionsAsync(int count) => WaitForAsync(slack => slack.Connections == count ? slack : null);

    /// <summary>Tells the newest connection that it ends soon, as Slack does every few hours.</summary>
    /// <param name="reason"><c>warning</c>, <c>refresh_requested</c> or <c>link_disabled</c>.</param>
    public Task AnnounceDisconnectAsync(string reason = "refresh_requested") => SendTextAsync(Newest(), new JsonObject
    {
        ["type"] = "disconnect",
        ["reason"] = reason,
        ["debug_info"] = new JsonObject { ["host"] = "applink-1" },
    });

    /// <summary>Breaks every connection without a word.</summary>
    public void CutConnections()
    {
        foreach (var socket in Locked(() => sockets.ToList())) socket.Abort();
    }

    private JsonObject OpenConnection()
    {
        var ticket = Guid.NewGuid().ToString("N");
        tickets.Add(ticket);
        return new JsonObject { ["ok"] = true, ["url"] = $"ws://{Address.Authority}/link?ticket={ticket}&app_id={AppId}" };
    }

    private async Task LinkAsync(HttpContext context)
    {
        var ticket = context.Request.Query["ticket"].ToString();
        if (Down || !context.WebSockets.IsWebSocketRequest || !Locked(() => tickets.Remove(ticket)))
        {
            context.Response.StatusCode = 400;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await SendTextAsync(socket, new JsonObject
        {
            ["type"] = "hello",
            ["num_connections"] = Locked(() => sockets.Count + 1),
            ["connection_info"] = new JsonObject { ["app_id"] = AppId },
            ["debug_info"] = new JsonObject { ["host"] = "applink-1", ["approximate_connection_time"] = 18060 },
        });
        Locked(() =>
        {
            sockets.Add(socket);
            ConnectionsMade++;
        });
        Changed();
        try
        {
            while (await ReceiveAsync(socket) is { } text) Take(text);
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or IOException)
        {
        }
        finally
        {
            Locked(() => sockets.Remove(socket));
            Changed();
        }
    }

    private void Take(string text)
    {
        var acknowledgement = (JsonObject)JsonNode.Parse(text)!;
        Acknowledgements.Enqueue(acknowledgement);
        if ((string?)acknowledgement["envelope_id"] is { } id && envelopes.TryRemove(id, out var waiting)) waiting.SetResult(acknowledgement);
        Changed();
    }

    private async Task<FakeSlackAnswer> SendBySocketAsync(string type, JsonObject payload, int? retry)
    {
        var id = Guid.NewGuid().ToString();
        var acknowledged = envelopes[id] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        var envelope = new JsonObject { ["envelope_id"] = id, ["type"] = type, ["accepts_response_payload"] = true, ["payload"] = payload.DeepClone() };
        if (retry is not null) (envelope["retry_attempt"], envelope["retry_reason"]) = (retry, "timeout");
        var started = Stopwatch.GetTimestamp();
        await SendTextAsync(Newest(), envelope);
        var answer = await acknowledged.Task.WaitAsync(Patience);
        return new FakeSlackAnswer(200, answer["payload"]?.ToJsonString() ?? "", Stopwatch.GetElapsedTime(started));
    }

    private WebSocket Newest() => Locked(() => sockets.Count > 0 ? sockets[^1] : throw new InvalidOperationException("no app is connected by socket"));

    private static Task SendTextAsync(WebSocket socket, JsonObject message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task<string?> ReceiveAsync(WebSocket socket)
    {
        using var received = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                return null;
            }

            received.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return Encoding.UTF8.GetString(received.ToArray());
        }
    }
}
