using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Row E1: orchestrators and activities as classes.</summary>
public sealed class ClassSyntaxTests
{
    [Theory, EveryEngine]
    public async Task E1_HelloSequenceClassBased_CallsByTheAttributesNames(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestrator<HelloSequence>()
            .AddActivity<SayHello>());

        string[] greetings = await host.OutputOfAsync<string[]>("Hello");

        Assert.Equal(["Hello Tokyo!", "Hello London!", "Hello Seattle!"], greetings);
    }

    [Theory, EveryEngine]
    public async Task E1_ClassBasedOrchestratorException_FailsWithTheActivitysText(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestrator<Faulty>()
            .AddActivity<Throwing>());

        OrchestrationMetadata ended = await host.RunAsync(nameof(Faulty));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("Intentional failure", ended.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory, EveryEngine]
    public async Task E1_ClassBasedActivityWithRetryPolicy_SucceedsAtTheThirdAttempt(EngineKind engine)
    {
        ThirdTimeLucky activity = new();
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestrator<Retrying>()
            .AddActivity(activity));

        Assert.Equal("attempt 3", await host.OutputOfAsync<string>(nameof(Retrying)));
    }

    [Theory, EveryEngine]
    public async Task E1_ClassBasedSubOrchestration_ReturnsToTheParent(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestrator<Parent>()
            .AddOrchestrator<Child>()
            .AddActivity<Twice>());

        Assert.Equal(15, await host.OutputOfAsync<int>(nameof(Parent), 5));
    }

    [Theory, EveryEngine]
    public async Task E1_ClassBasedExternalEvent_IsReceived(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks.AddOrchestrator<Approval>());

        string id = await host.ScheduleAndStartAsync(nameof(Approval));
        await host.Client.RaiseEventAsync(id, "ApprovalEvent", "Approved", host.Cancellation);

        Assert.Equal("Received: Approved", await host.OutputOfEndAsync<string>(id));
    }

    [DurableTask("Hello")]
    private sealed class HelloSequence : TaskOrchestrator<string?, List<string>>
    {
        public override async Task<List<string>> RunAsync(TaskOrchestrationContext context, string? input)
        {
            List<string> greetings = [];
            foreach (string city in new[] { "Tokyo", "London", "Seattle" })
                greetings.Add(await context.CallActivityAsync<string>("Greet", city));
            return greetings;
        }
    }

    [DurableTask("Greet")]
    private sealed class SayHello : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult($"Hello {input}!");
    }

    private sealed class Faulty : TaskOrchestrator<string?, string?>
    {
        public override Task<string?> RunAsync(TaskOrchestrationContext context, string? input) =>
            context.CallActivityAsync<string?>(nameof(Throwing));
    }

    private sealed class Throwing : TaskActivity<string?, string?>
    {
        public override Task<string?> RunAsync(TaskActivityContext context, string? input) =>
            throw new InvalidOperationException("Intentional failure.");
    }

    private sealed class Retrying : TaskOrchestrator<string?, string>
    {
        public override Task<string> RunAsync(TaskOrchestrationContext context, string? input) => context.CallActivityAsync<string>(
            nameof(ThirdTimeLucky), TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(1))));
    }

    private sealed class ThirdTimeLucky : TaskActivity<string?, string>
    {
        private int _attempts;

        public override Task<string> RunAsync(TaskActivityContext context, string? input) => ++_attempts < 3
            ? throw new InvalidOperationException($"Attempt {_attempts} fails.")
            : Task.FromResult($"attempt {_attempts}");
    }

    private sealed class Parent : TaskOrchestrator<int, int>
    {
        public override async Task<int> RunAsync(TaskOrchestrationContext context, int input) =>
            input + await context.CallSubOrchestratorAsync<int>(nameof(Child), input);
    }

    private sealed class Child : TaskOrchestrator<int, int>
    {
        public override Task<int> RunAsync(TaskOrchestrationContext context, int input) => context.CallActivityAsync<int>(nameof(Twice), input);
    }

    private sealed class Twice : TaskActivity<int, int>
    {
        public override Task<int> RunAsync(TaskActivityContext context, int input) => Task.FromResult(input * 2);
    }

    private sealed class Approval : TaskOrchestrator<string?, string>
    {
        public override async Task<string> RunAsync(TaskOrchestrationContext context, string? input) =>
            "Received: " + await context.WaitForExternalEvent<string>("ApprovalEvent");
    }
}
