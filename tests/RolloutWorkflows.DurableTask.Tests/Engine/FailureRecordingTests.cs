using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Tests.Engine;

/// <summary>A failure reaches its caller whatever is wrong with its description.</summary>
public sealed class FailureRecordingTests
{
    [Fact]
    public async Task Activity_WhoseFailureCannotBeDescribed_FailsAllTheSame()
    {
        TaskFailureDetails failure = await FailureOfActivityAsync(_ => throw new FormatException("no data today"));

        Assert.Equal(typeof(InvalidOperationException).FullName, failure.ErrorType);
        Assert.Contains("no data today", Assert.Single(failure.Properties!).Value!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activity_WhoseFailureHasNumbersBeyondJson_KeepsThemAsText()
    {
        TaskFailureDetails failure = await FailureOfActivityAsync(_ => new Dictionary<string, object?> { ["rate"] = double.NaN, ["limit"] = 5 });

        Assert.Equal("NaN", failure.Properties!["rate"]);
        Assert.Equal(5d, failure.Properties["limit"]);
    }

    [Fact]
    public async Task Activity_WhoseFailureDataContainsItself_FailsAllTheSame()
    {
        TaskFailureDetails failure = await FailureOfActivityAsync(_ =>
        {
            Dictionary<string, object?> data = [];
            data["self"] = data;
            return data;
        });

        Assert.Equal(typeof(InvalidOperationException).FullName, failure.ErrorType);
    }

    [Fact]
    public async Task Activity_WithAVeryLongChainOfCauses_FailsWithTheFirstCauseAtItsEnd()
    {
        Exception error = new FormatException("the first cause");
        for (int i = 0; i < 200; i++)
            error = new InvalidOperationException("because of", error);

        TaskFailureDetails failure = await FailureOfActivityAsync(null, error);
        while (failure.InnerFailure is { } inner)
            failure = inner;

        Assert.Equal("the first cause", failure.ErrorMessage);
    }

    private static async Task<TaskFailureDetails> FailureOfActivityAsync(
        Func<Exception, IDictionary<string, object?>?>? properties, Exception? error = null)
    {
        await using DurableTaskTestHost host = await DurableTaskTestHost.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc("run", context => context.CallActivityAsync("fail"))
                .AddActivityFunc("fail", _ => throw error ?? new InvalidOperationException("broken")),
            options => options.ConfigureServices = services =>
            {
                if (properties is not null)
                    services.AddSingleton<IExceptionPropertiesProvider>(new Properties(properties));
            });
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("run");
        await host.RunUntilIdleAsync();

        OrchestrationMetadata? ended = await host.Client.GetInstancesAsync(id, getInputsAndOutputs: true);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended!.RuntimeStatus);
        return ended.FailureDetails!.InnerFailure!;
    }

    private sealed class Properties(Func<Exception, IDictionary<string, object?>?> read) : IExceptionPropertiesProvider
    {
        public IDictionary<string, object?>? GetExceptionProperties(Exception exception) =>
            exception is TaskFailedException ? null : read(exception);
    }
}
