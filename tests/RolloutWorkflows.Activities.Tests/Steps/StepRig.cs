using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RolloutWorkflows.DurableTask;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Calls activities as the engine does, on in-memory stores. A call with the same key again is a redelivery.</summary>
internal sealed class StepRig : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly Dictionary<string, Func<IServiceProvider, ITaskActivity>> _activities;
    private int _calls;

    public StepRig(Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        configure?.Invoke(services);
        services.AddInMemoryRolloutStores();
        services.TryAddSingleton(Grants.Everything);
        services.AddRolloutActivities();
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        _activities = new DurableTaskRegistry().AddRolloutActivities().GetActivities().ToDictionary(pair => pair.Key.Name, pair => pair.Value);
    }

    public IFlagStore Flags => _services.GetRequiredService<IFlagStore>();

    public IEffectJournal Journal => _services.GetRequiredService<IEffectJournal>();

    public IMeasurementStore Measurements => _services.GetRequiredService<IMeasurementStore>();

    public IRunLog RunLog => _services.GetRequiredService<IRunLog>();

    public IOutbox Outbox => _services.GetRequiredService<IOutbox>();

    public IReadOnlyCollection<string> ActivityNames => _activities.Keys;

    public static StepRequest Request(string uses, object with) => new()
    {
        RunId = "run",
        Playbook = "web4",
        Stage = "one",
        Attempt = 1,
        StepId = "step",
        Uses = uses,
        With = JsonSerializer.SerializeToElement(with, JsonSerializerOptions.Web).EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.Clone()),
        Epoch = 0,
        Actor = "ada",
        Metrics = new Dictionary<string, Metric>(),
    };

    /// <summary>Calls a step kind; without a key it is a call of its own.</summary>
    public Task<StepResult> StepAsync(string uses, object with, string? key = null) => StepAsync(Request(uses, with), key);

    public Task<StepResult> StepAsync(StepRequest request, string? key = null) => CallAsync<StepResult>(request.Uses, request, key);

    public async Task<TOutput> CallAsync<TOutput>(string name, object input, string? key = null, CancellationToken stopping = default)
    {
        await using var scope = _services.CreateAsyncScope();
        var context = new CallContext(name, key ?? $"run/1/{++_calls}", stopping);
        return (TOutput)(await _activities[name](scope.ServiceProvider).RunAsync(context, input))!;
    }

    public async Task<double?> PercentAsync(string flag) => (await Flags.FindAsync(flag))?.Percent;

    /// <summary>Somebody changes a flag by hand.</summary>
    public async Task ByHandAsync(string flag, Func<FlagState?, FlagState> edit) =>
        await Flags.ChangeAsync(new FlagChange { Flag = flag, Actor = "eve", Apply = edit });

    public void Dispose() => _services.Dispose();

    private sealed class CallContext(string name, string key, CancellationToken stopping) : TaskActivityContext, IDurableActivityFeature
    {
        public override TaskName Name => name;

        public override string InstanceId => "run";

        public string IdempotencyKey => key;

        public int PreviousAttempts => 0;

        public CancellationToken CancellationToken => stopping;

        public IReadOnlyDictionary<string, string> Tags { get; } = new Dictionary<string, string>();
    }
}
