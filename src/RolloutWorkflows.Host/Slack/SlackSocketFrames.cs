using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Host;

/// <summary>Whole messages of one WebSocket. One reads; any number may send.</summary>
internal sealed class SlackSocketFrames(WebSocket socket) : IDisposable
{
    /// <summary>A click brings the message along that was clicked, so this is far more than Slack sends.</summary>
    public const int MaximumBytes = 256 * 1024;

    private readonly SemaphoreSlim sending = new(1);

    /// <summary>The next message; null where the other side closed.</summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    /// <exception cref="InvalidDataException">It is larger than anything that Slack sends, or not text.</exception>
    public async Task<string?> ReceiveAsync(CancellationToken cancellation)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            if (part.MessageType != WebSocketMessageType.Text) throw new InvalidDataException("a message is not text");
            if (message.Length + part.Count > MaximumBytes) throw new InvalidDataException($"a message is larger than {MaximumBytes / 1024} KiB");
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return Encoding.UTF8.GetString(message.GetBuffer().AsSpan(0, (int)message.Length));
        }
    }

    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async Task SendAsync(JsonObject message, CancellationToken cancellation)
    {
        await sending.WaitAsync(cancellation);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Says goodbye, and does not wait for an answer.</summary>
    public async Task CloseAsync(CancellationToken cancellation)
    {
        await sending.WaitAsync(cancellation);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
        }
        finally
        {
            sending.Release();
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        sending.Dispose();
    }
}
