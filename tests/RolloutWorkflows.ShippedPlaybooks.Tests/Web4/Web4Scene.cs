using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Playbooks;
using Web4Service;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Web4;

/// <summary>The sample service of web4-mycelia on the run's clock, which decides by the run's flags whom it shows the new bar.</summary>
internal sealed class Web4Scene : IFlags, IAsyncDisposable
{
    public const string IntentBar = "intent_bar_v1_rollout";

    private readonly VirtualTimeProvider time = ScenarioStart.Clock();
    private readonly string flag;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private WebApplication app = null!;
    private IFlagStore? store;

    private Web4Scene(string flag) => this.flag = flag;

    public long Unanswered => 0;

    /// <summary>Where it serves.</summary>
    public string Origin => app.Urls.Single();

    /// <summary>The line above the page; null: nothing was announced.</summary>
    public string? Banner => app.Services.GetRequiredService<Banner>().Text;

    public static async Task<Web4Scene> StartAsync(string flag = IntentBar)
    {
        var scene = new Web4Scene(flag);
        scene.app = Web4App.Build(new ServiceOptions { Urls = "http://127.0.0.1:0", Flag = flag, VisitsPerLook = 60 }, scene.time, scene);
        await scene.app.StartAsync();
        return scene;
    }

    /// <summary>The playbook with guardrails every ten minutes: every minute for two weeks would only take longer.</summary>
    public static Playbook Leisurely()
    {
        var playbook = Shipped.Load("web4-mycelia");
        return playbook with
        {
            Guardrails = [.. playbook.Guardrails.Select(Slower)],
            Stages = [.. playbook.Stages.Select(stage => stage with { Guardrails = [.. stage.Guardrails.Select(Slower)] })],
        };

        static Guardrail Slower(Guardrail guardrail) => guardrail with { Interval = TimeSpan.FromMinutes(10) };
    }

    /// <summary>A run of the playbook with this service, nothing else given.</summary>
    public Task<ShippedRollout> RunAsync(Playbook? playbook = null, object? settings = null, object? inputs = null, IReadOnlyDictionary<string, string>? environment = null) => ShippedRollout.StartAsync(
        new ShippedStart
        {
            Playbook = playbook ?? Shipped.Load("web4-mycelia"),
            Settings = settings ?? Settings(),
            Inputs = inputs ?? new { serviceUrl = Origin, flag },
            Environment = environment ?? new Dictionary<string, string>(),
            Time = time,
        },
        flags =>
        {
            store = flags;
            return Task.CompletedTask;
        });

    /// <summary>What stands below <c>extensions.rollout</c>.</summary>
    public Dictionary<string, object> Settings() => new()
    {
        ["allowPlaybookPeople"] = true,
        ["grants"] = new Dictionary<string, object> { ["web4-*"] = new { flags = new[] { "*" }, repositories = new[] { "web4/*" }, egress = new[] { Origin } } },
        ["metricSources"] = new Dictionary<string, object>
        {
            ["web4-status"] = new { type = "json", url = $"{Origin}/status.json" },
            ["web4-alerts"] = new { provider = "prometheus", address = Origin },
        },
        ["webhooks"] = new Dictionary<string, object> { ["team"] = new { url = $"{Origin}/banner" }, ["banner"] = new { url = $"{Origin}/banner" }, ["ops"] = new { url = $"{Origin}/banner" } },
    };

    public void Break(string fault) => Assert.True(app.Services.GetRequiredService<FaultSwitches>().Switch(fault, on: true));

    public void Mend(string fault) => Assert.True(app.Services.GetRequiredService<FaultSwitches>().Switch(fault, on: false));

    /// <summary>Which of these users the service's own page shows the new bar.</summary>
    public async Task<List<string>> ShownToAsync(IEnumerable<string> users)
    {
        var shown = new List<string>();
        foreach (var user in users)
        {
            using var page = await http.GetAsync($"{Origin}/?user={user}");
            if (page.Headers.GetValues(Web4Service.IntentBar.Header).Single() == "new") shown.Add(user);
        }

        return shown;
    }

    public async Task<FlagAnswer> AskAsync(string user, CancellationToken cancellation)
    {
        if (store is null || await store.FindAsync(flag, cancellation) is not { } state) return FlagAnswer.Off;
        var explained = FlagEvaluator.Explain(state, user);
        return new FlagAnswer { Value = explained.Value, Reason = explained.Reason == FlagReason.Canary ? "canary" : "percentage", Bucket = explained.Bucket };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }
}
