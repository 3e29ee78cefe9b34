using Microsoft.Extensions.DependencyInjection;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows H, basic orchestrations and dependency injection: tasks made by the container.</summary>
public sealed class DependencyInjectionTests
{
    [Theory, EveryEngine]
    public async Task H_Basic_ClassSyntaxOrchestration_Completes(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestrator<GreetingOrchestrator>()
            .AddActivityFunc<string, string>(nameof(GreetingActivity), (_, name) => $"Hello, {name}!"));

        Assert.Equal("Hello, Alice!", await host.OutputOfAsync<string>(nameof(GreetingOrchestrator), "Alice"));
    }

    [Theory, EveryEngine]
    public async Task H_Basic_FunctionSyntaxOrchestration_Completes(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<string, string>("Caller", async (context, name) => await context.CallActivityAsync<string>("Greet", name))
            .AddActivityFunc<string, string>("Greet", (_, name) => $"Greetings, {name}!"));

        Assert.Equal("Greetings, Bob!", await host.OutputOfAsync<string>("Caller", "Bob"));
    }

    [Theory, EveryEngine]
    public async Task H_Activity_CanResolveService(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(
            engine,
            tasks => tasks.AddOrchestrator<GreetingOrchestrator>().AddActivity<GreetingActivity>(),
            services => services.AddSingleton(new Greeter("Hi")));

        Assert.Equal("Hi, World!", await host.OutputOfAsync<string>(nameof(GreetingOrchestrator), "World"));
    }

    [Theory, EveryEngine]
    public async Task H_Activities_CanShareAService(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(
            engine,
            tasks => tasks
                .AddOrchestratorFunc("Both", async context => await Task.WhenAll(
                    context.CallActivityAsync<string>(nameof(GreetingActivity), "A"),
                    context.CallActivityAsync<string>(nameof(PartingActivity), "B")))
                .AddActivity<GreetingActivity>()
                .AddActivity<PartingActivity>(),
            services => services.AddSingleton(new Greeter("Hi")));

        Assert.Equal(["Hi, A!", "Bye after Hi, B!"], await host.OutputOfAsync<string[]>("Both"));
    }

    [Theory, EveryEngine]
    public async Task H_Services_AreReachableFromTheHost(EngineKind engine)
    {
        Greeter greeter = new("Hi");
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, _ => { }, services => services.AddSingleton(greeter));

        Assert.Same(greeter, host.Services.GetRequiredService<Greeter>());
    }

    [Theory, EveryEngine]
    public async Task H_ScopedServices_AreResolvedPerActivityExecution(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(
            engine,
            tasks => tasks
                .AddOrchestratorFunc("Twice", async context =>
                {
                    int first = await context.CallActivityAsync<int>(nameof(CountingActivity));
                    int second = await context.CallActivityAsync<int>(nameof(CountingActivity));
                    return new[] { first, second };
                })
                .AddActivity<CountingActivity>(),
            services => services.AddScoped<Counter>().AddScoped<ScopeMate>());

        // Two in each run: the activity and its mate share the run's counter, and the next run gets a new one.
        int[] counts = await host.OutputOfAsync<int[]>("Twice");
        Assert.Equal([2, 2], counts);
    }

    private sealed class GreetingOrchestrator : TaskOrchestrator<string, string>
    {
        public override Task<string> RunAsync(TaskOrchestrationContext context, string input) =>
            context.CallActivityAsync<string>(nameof(GreetingActivity), input);
    }

    private sealed class Greeter(string word)
    {
        public string Greet(string name) => $"{word}, {name}!";
    }

    private sealed class GreetingActivity(Greeter greeter) : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult(greeter.Greet(input));
    }

    private sealed class PartingActivity(Greeter greeter) : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult("Bye after " + greeter.Greet(input));
    }

    private sealed class Counter
    {
        public int Count { get; set; }
    }

    private sealed class ScopeMate
    {
        public ScopeMate(Counter counter) => counter.Count++;
    }

    private sealed class CountingActivity(ScopeMate mate, Counter counter) : TaskActivity<object?, int>
    {
        public override Task<int> RunAsync(TaskActivityContext context, object? input)
        {
            Assert.NotNull(mate);
            return Task.FromResult(++counter.Count);
        }
    }
}
