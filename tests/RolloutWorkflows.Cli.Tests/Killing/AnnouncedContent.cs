using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace RolloutWorkflows.Cli.Tests.Killing;

/// <summary>A JSON body that says when it has been sent, which is before anything was answered.</summary>
internal sealed class AnnouncedContent : HttpContent
{
    private readonly byte[] body;
    private readonly TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AnnouncedContent(string json)
    {
        body = Encoding.UTF8.GetBytes(json);
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    public Task Sent => sent.Task;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(body);
        await stream.FlushAsync();
        sent.TrySetResult();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
