using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests.GitHub.ReleaseIssue;

/// <summary>A run of the shipped playbook on the real engine in virtual time, and what its release issue shows.</summary>
internal sealed class ShippedRun : IAsyncDisposable
{
    private readonly LoopbackServer service;

    private ShippedRun(LoopbackServer service, RolloutScenario run) => (this.service, Run) = (service, run);

    public RolloutScenario Run { get; }

    /// <summary>Whether the service says that it is well.</summary>
    public bool IsHealthy { get; private set; } = true;

    public static async Task<ShippedRun> StartAsync()
    {
        ShippedRun? shipped = null;
        var service = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = shipped?.IsHealthy == false ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return Task.CompletedTask;
        });
        var yaml = (await File.ReadAllTextAsync(Repository.PathOf("playbooks", "web4-mycelia.yaml")))
            .Replace("http://127.0.0.1:7080", service.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("source: web4-status", "source: test", StringComparison.Ordinal)
            .Replace("source: web4-alerts", "source: test", StringComparison.Ordinal)
            // A measurement every minute for two weeks would only take longer.
            .Replace("interval: 1m", "interval: 30m", StringComparison.Ordinal)
            .Replace("interval: 5m", "interval: 30m", StringComparison.Ordinal);
        shipped = new ShippedRun(service, await RolloutScenario.GivenAsync(yaml, metrics: AllGreen));
        return shipped;
    }

    public void BecomesIll() => IsHealthy = false;

    public void Recovers() => IsHealthy = true;

    /// <summary>Everything that the issue shows now.</summary>
    public async Task<IssueView> ViewAsync()
    {
        var status = await Run.StatusAsync();
        var record = new IssueRecord();
        record.Take(new RunLogPage { Entries = await Run.RecordAsync(), Position = 0 });
        var soaked = status.Stages.LastOrDefault(stage => stage.State == StageState.Open);
        return new IssueView
        {
            Input = await Run.InputAsync(),
            Status = status,
            Record = record,
            Soak = soaked?.SoakInstanceId is null ? null : await Run.SoakAsync(soaked.Name, soaked.Attempt),
            InForce = [.. (await Run.Journal.ListAsync(RolloutScenario.RunId)).Where(effect => effect is { State: EffectState.Applied, Uses: "flag/rollout" }).Select(effect => $"{effect.Target}: {effect.Intended} %").TakeLast(1)],
            Now = Run.Now,
        };
    }

    /// <summary>The comments that the run's record makes, oldest first.</summary>
    public async Task<IReadOnlyList<string>> CommentsAsync()
    {
        var view = await ViewAsync();
        var run = new ChannelRun { Input = view.Input, Status = view.Status, Memory = new InMemoryChannelMemories().Of(view.RunId, "releaseIssue"), Now = view.Now };
        return [.. (await Run.RecordAsync()).Select(entry => IssueCommentText.Of(entry, run)?.Content.Text).OfType<string>()];
    }

    /// <summary>A text of this run without what differs from machine to machine.</summary>
    public string Lasting(string text) => text.Replace(service.Address.Authority, "127.0.0.1:7080", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        await service.DisposeAsync();
    }

    private static void AllGreen(ScriptedMetrics metrics)
    {
        metrics.Say("error-rate", _ => MetricReading.Of(0.003, 500));
        metrics.Say("p95", _ => MetricReading.Of(320));
        metrics.Say("satisfaction", _ => MetricReading.Of(4.3));
        metrics.Say("completion-rate", _ => MetricReading.Of(0.81));
        metrics.Say("completion-rate-control", _ => MetricReading.Of(0.8));
        metrics.Say("retention-rate", _ => MetricReading.Of(0.66));
    }
}
