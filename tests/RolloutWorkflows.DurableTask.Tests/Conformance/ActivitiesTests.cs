namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows A9, A10, A11 and A28: activities, one, many, and failing.</summary>
public sealed class ActivitiesTests
{
    [Theory, EveryEngine]
    public async Task A9_SingleActivity_PassesInputAndOutput(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<string, string>("Caller", (context, name) => context.CallActivityAsync<string>("SayHello", name))
            .AddActivityFunc<string, string>("SayHello", (_, name) => $"Hello, {name}!"));

        Assert.Equal("Hello, World!", await host.OutputOfAsync<string>("Caller", "World"));
    }

    [Theory, EveryEngine]
    public async Task A9_SingleActivity_Async_PassesInputAndOutput(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<string, string>("Caller", (context, name) => context.CallActivityAsync<string>("SayHello", name))
            .AddActivityFunc<string, string>("SayHello", async (_, name) =>
            {
                await Task.Yield();
                return $"Hello, {name}!";
            }));

        Assert.Equal("Hello, World!", await host.OutputOfAsync<string>("Caller", "World"));
    }

    [Theory, EveryEngine]
    public async Task A10_ActivityChain_RunsOneAfterTheOther(EngineKind engine)
    {
        List<int> inputs = [];
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Chain", async context =>
            {
                int value = 0;
                for (int step = 0; step < 10; step++)
                    value = await context.CallActivityAsync<int>("PlusOne", value);
                return value;
            })
            .AddActivityFunc<int, int>("PlusOne", (_, value) =>
            {
                inputs.Add(value);
                return value + 1;
            }));

        Assert.Equal(10, await host.OutputOfAsync<int>("Chain"));
        Assert.Equal(Enumerable.Range(0, 10), inputs);
    }

    [Theory, EveryEngine]
    public async Task A11_ActivityFanOut_GivesResultsInTheOrderOfTheCalls(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("FanOut", context =>
                Task.WhenAll(Enumerable.Range(0, 10).Select(number => context.CallActivityAsync<string>("ToText", number)).ToList()))
            .AddActivityFunc<int, string>("ToText", (_, number) => $"{number}"));

        string[] output = await host.OutputOfAsync<string[]>("FanOut");

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], output);
    }

    [Theory, EveryEngine]
    public async Task A11_ActivityFanOut_RunsTheActivitiesAtOnce(EngineKind engine)
    {
        // Each activity ends only when all have begun, so running them one after the other would never end.
        using CountdownEvent begun = new(2);
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("FanOut", async context =>
                (await Task.WhenAll(context.CallActivityAsync<int>("Meet", 1), context.CallActivityAsync<int>("Meet", 2))).Sum())
            .AddActivityFunc<int, int>("Meet", async (_, number) =>
            {
                if (begun.Signal())
                    all.SetResult();
                await all.Task;
                return number;
            }));

        Assert.Equal(3, await host.OutputOfAsync<int>("FanOut"));
    }

    [Theory, EveryEngine]
    public async Task A28_CatchingActivityExceptionsByType_TellsExactBaseAndOther(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Catcher", async context =>
            {
                List<string> caught = [];
                foreach (string activity in new[] { "Invalid", "Argument", "Fine" })
                {
                    try
                    {
                        caught.Add(await context.CallActivityAsync<string>(activity));
                    }
                    catch (TaskFailedException failure)
                    {
                        TaskFailureDetails details = failure.FailureDetails;
                        caught.Add($"{failure.TaskName}: {details.IsCausedBy<InvalidOperationException>()} {details.IsCausedBy<ArgumentException>()} "
                            + $"{details.IsCausedBy<Exception>()} {details.IsCausedBy<TimeoutException>()}");
                    }
                }

                return caught;
            })
            .AddActivityFunc<string>("Invalid", Invalid)
            .AddActivityFunc<string>("Argument", Argument)
            .AddActivityFunc<string>("Fine", _ => "fine"));

        string[] caught = await host.OutputOfAsync<string[]>("Catcher");

        Assert.Equal(["Invalid: True False True False", "Argument: False True True False", "fine"], caught);
    }

    [Theory, EveryEngine]
    public async Task E_PageableActivity_EnumeratesPageByPage(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Lister", async context =>
            {
                List<string> read = [];
                await foreach (string entry in Pageable.Create<string>((token, _) => context.CallActivityAsync<Page<string>>("ReadPage", token)))
                    read.Add(entry);
                return read;
            })
            .AddActivityFunc<string?, Page<string>>("ReadPage", (_, token) =>
            {
                int page = int.Parse(token ?? "0", System.Globalization.CultureInfo.InvariantCulture);
                return new Page<string>([$"{page}a", $"{page}b"], page < 2 ? $"{page + 1}" : null);
            }));

        string[] read = await host.OutputOfAsync<string[]>("Lister");

        Assert.Equal(["0a", "0b", "1a", "1b", "2a", "2b"], read);
    }

    private static string Invalid(TaskActivityContext context) => throw new InvalidOperationException("Not now.");

    private static string Argument(TaskActivityContext context) => throw new ArgumentOutOfRangeException(nameof(context), "Derived from ArgumentException.");
}
