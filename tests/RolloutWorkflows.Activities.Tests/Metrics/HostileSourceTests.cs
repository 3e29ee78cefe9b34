using System.IO.Compression;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests.Metrics;

/// <summary>A metric source that means harm is an error of one measurement, at once, and costs next to nothing.</summary>
public sealed class HostileSourceTests : IDisposable
{
    private static readonly Dictionary<string, Metric> One = new() { ["m"] = new Metric { Source = "s", Value = "rate" } };

    private readonly OutboundHttp http = new(Grants.Everything, new EgressGuard(new EgressOptions(), new OwnListeners()), TimeProvider.System);

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task Source_ThatRedirects_IsNotFollowed()
    {
        await using var elsewhere = await LoopbackServer.StartAsync("""{ "rate": 0 }""");
        await using var source = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Redirect(elsewhere.Address.ToString());
            return Task.CompletedTask;
        });

        Assert.Equal(MetricReadingKind.Error, (await ReadAsync(source)).Kind);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Source_ThatNeverEnds_IsCutOffAtItsCap()
    {
        var gone = new TaskCompletionSource();
        await using var source = await LoopbackServer.StartAsync(async context =>
        {
            var spaces = new byte[64 * 1024];
            Array.Fill(spaces, (byte)' ');
            try
            {
                while (true) await context.Response.Body.WriteAsync(spaces, context.RequestAborted);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                gone.TrySetResult();
            }
        });

        Assert.Equal(MetricReading.Error("the answer was longer than 1024 KiB"), await ReadAsync(source));
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Source_WithADecompressionBomb_IsNotUnpacked()
    {
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 16; i++) await gzip.WriteAsync(zeros, TestContext.Current.CancellationToken);
        }

        await using var source = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(bomb.ToArray(), context.RequestAborted);
        });

        Assert.Equal(MetricReading.Error("the answer was not JSON"), await ReadAsync(source));
    }

    [Fact]
    public async Task Source_WithAHundredThousandBrackets_IsAnError()
    {
        await using var source = await LoopbackServer.StartAsync(new string('[', 100_000));

        Assert.Equal(MetricReading.Error("the answer was not JSON"), await ReadAsync(source));
    }

    private async Task<MetricReading> ReadAsync(LoopbackServer server) =>
        (await new JsonHttpMetricSource(new JsonHttpSource { Url = server.Address, Timeout = TimeSpan.FromSeconds(30) }, new SourceHttp(http, new Secrets(new SecretOptions()))).ReadAsync(One))["m"];
}
