using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Step kinds that ask a GitHub, called as the engine does, all on virtual time.</summary>
internal sealed class GitHubSteps : IAsyncDisposable
{
    private GitHubSteps(FakeGitHub server, VirtualTimeProvider time, Action<IServiceCollection>? configure)
    {
        (Server, Time) = (server, time);
        Self = server.AddUser(4001, "rollouts");
        Repository = server.AddRepository("chain/node");
        var token = server.AddToken(Self);
        Rig = new StepRig(services =>
        {
            configure?.Invoke(services);
            services
                .AddSingleton<TimeProvider>(time)
                .AddSingleton(new SecretOptions { Secrets = new Dictionary<string, SecretLocation> { ["token"] = new() { Name = "token", Environment = "token" } }, Environment = _ => token })
                .AddSingleton(new GitHubOptions { ApiUrl = server.Address, Token = "token", WriteInterval = TimeSpan.Zero });
        });
    }

    public FakeGitHub Server { get; }

    public VirtualTimeProvider Time { get; }

    public FakeAccount Self { get; }

    public FakeRepository Repository { get; }

    public StepRig Rig { get; }

    public static async Task<GitHubSteps> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var time = new VirtualTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        return new GitHubSteps(await FakeGitHub.StartAsync(time), time, configure);
    }

    /// <summary>One call, as the first of a try.</summary>
    public Task<StepResult> CallAsync(StepRequest request) => Rig.StepAsync(request with { StartedAt = Time.GetUtcNow(), At = Time.GetUtcNow() });

    /// <summary>Calls until it is decided, as the durable timers do.</summary>
    /// <param name="request">The step.</param>
    /// <param name="meanwhile">What happens before each further call, given how often it was called.</param>
    public async Task<StepResult> RunAsync(StepRequest request, Func<int, Task>? meanwhile = null)
    {
        var started = Time.GetUtcNow();
        var result = await Rig.StepAsync(request with { StartedAt = started, At = started });
        for (var calls = 1; result is { Verdict: StepVerdict.Waiting, Again: { } again }; calls++)
        {
            Time.Advance(again);
            if (meanwhile is not null) await meanwhile(calls);
            result = await Rig.StepAsync(request with { StartedAt = started, At = Time.GetUtcNow(), Kept = result.Keep });
        }

        return result;
    }

    public async ValueTask DisposeAsync()
    {
        Rig.Dispose();
        await Server.DisposeAsync();
    }
}
