using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows D11 to D13: data that a provider reads from exceptions travels with the failure.</summary>
public sealed class ExceptionPropertiesTests
{
    private static readonly DateTime Moment = new(2025, 10, 15, 14, 30, 0, DateTimeKind.Utc);

    [Theory, EveryEngine]
    public async Task D11_CustomExceptionPropertiesInFailureDetails_KeepTheirKinds(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Caller", context => context.CallActivityAsync("Business"))
            .AddActivityFunc("Business", BusinessActivity));

        OrchestrationMetadata ended = await host.RunAsync("Caller");

        TaskFailureDetails failure = Assert.IsType<TaskFailureDetails>(ended.FailureDetails?.InnerFailure);
        Assert.Equal(typeof(CustomException).ToString(), failure.ErrorType);
        IDictionary<string, object?> properties = Assert.IsType<IDictionary<string, object?>>(failure.Properties, exactMatch: false);
        Assert.Equal(7, properties.Count);
        Assert.Equal("validation-error-123", properties["Text"]);
        Assert.Equal(100.0, properties["Int"]);
        Assert.Equal(999_999_999.0, properties["Long"]);
        Assert.Equal(Moment, properties["Moment"]);
        Assert.Null(properties["Nothing"]);
        IDictionary<string, object?> map = Assert.IsType<IDictionary<string, object?>>(properties["Map"], exactMatch: false);
        Assert.Equal(3, map.Count);
        Assert.Equal("VALIDATION_FAILED", map["code"]);
        Assert.Equal(3.0, map["retries"]);
        Assert.Equal(true, map["critical"]);
        Assert.Equal(["error1", "error2", 500.0, null], Assert.IsType<IEnumerable<object?>>(properties["List"], exactMatch: false));
    }

    [Theory, EveryEngine]
    public async Task D12_OrchestrationDirectArgumentOutOfRangeExceptionProperties_AreShown(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine, tasks => tasks.AddOrchestratorFunc("Faulty", FaultyOrchestrator));

        OrchestrationMetadata ended = await host.RunAsync("Faulty");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.True(ended.FailureDetails?.IsCausedBy<ArgumentOutOfRangeException>());
        AssertRangeProperties(ended.FailureDetails);
    }

    [Theory, EveryEngine]
    public async Task D13_NestedOrchestrationArgumentOutOfRangeExceptionProperties_ArePreserved(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Sub"))
            .AddOrchestratorFunc("Sub", context => context.CallActivityAsync("Activity"))
            .AddActivityFunc("Activity", FaultyActivity));

        OrchestrationMetadata ended = await host.RunAsync("Parent");

        TaskFailureDetails? ofParent = ended.FailureDetails;
        Assert.True(ofParent?.IsCausedBy<TaskFailedException>());
        Assert.Contains("'Sub'", ofParent?.ErrorMessage, StringComparison.Ordinal);
        Assert.True(ofParent?.InnerFailure?.IsCausedBy<TaskFailedException>());
        Assert.Contains("'Activity'", ofParent?.InnerFailure?.ErrorMessage, StringComparison.Ordinal);
        Assert.True(ofParent?.InnerFailure?.InnerFailure?.IsCausedBy<ArgumentOutOfRangeException>());
        AssertRangeProperties(ofParent?.InnerFailure?.InnerFailure);
    }

    private static Task FaultyOrchestrator(TaskOrchestrationContext context) => throw RangeError();

    private static void FaultyActivity(TaskActivityContext context) => throw RangeError();

    private static void BusinessActivity(TaskActivityContext context) => throw new CustomException("Business rule violated.");

    private static ArgumentOutOfRangeException RangeError() => new("parameter", "badValue", "Out of range.");

    private static void AssertRangeProperties(TaskFailureDetails? failure)
    {
        Assert.Equal(2, failure?.Properties?.Count);
        Assert.Equal("parameter", failure?.Properties?["Name"]);
        Assert.Equal("badValue", failure?.Properties?["Value"]);
    }

    private static Task<ConformanceHost> StartAsync(EngineKind engine, Action<DurableTaskRegistry> tasks) =>
        ConformanceHost.StartAsync(engine, tasks, services => services.AddSingleton<IExceptionPropertiesProvider, PropertiesProvider>());

    private sealed class PropertiesProvider : IExceptionPropertiesProvider
    {
        public IDictionary<string, object?>? GetExceptionProperties(Exception exception) => exception switch
        {
            ArgumentOutOfRangeException range => new Dictionary<string, object?> { ["Name"] = range.ParamName, ["Value"] = range.ActualValue },
            CustomException => new Dictionary<string, object?>
            {
                ["Text"] = "validation-error-123",
                ["Int"] = 100,
                ["Long"] = 999_999_999L,
                ["Moment"] = Moment,
                ["Map"] = new Dictionary<string, object?> { ["code"] = "VALIDATION_FAILED", ["retries"] = 3, ["critical"] = true },
                ["List"] = new List<object?> { "error1", "error2", 500, null },
                ["Nothing"] = null,
            },
            _ => null,
        };
    }
}
