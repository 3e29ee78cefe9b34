using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Base of all step activities: binds the configuration, keeps the time limit, and turns whatever goes wrong into
/// <see cref="StepVerdict.Errored"/> with a sentence. Only a worker that stops is passed on, so that the engine
/// delivers the step again.
/// </summary>
internal abstract class StepActivity<TStep>(TimeProvider time, ILogger logger) : TaskActivity<StepRequest, StepResult>, IStepActivity<TStep>
    where TStep : class
{
    /// <summary>No step runs longer, whatever its own timeout says: what takes longer is started, polled and waited for by durable timers.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    protected TimeProvider Time { get; } = time;

    protected ILogger Logger { get; } = logger;

    public sealed override async Task<StepResult> RunAsync(TaskActivityContext context, StepRequest input)
    {
        if (!StepBinder.TryBind<TStep>(input.With, out var step, out var problems))
            return Errored($"{input.Uses} cannot run as configured: {string.Join("; ", problems)}.");

        var stopping = ActivityCall.StoppingOf(context);
        var allowed = input.Timeout is { } stated && stated < Limit ? stated : Limit;
        using var limit = new CancellationTokenSource(allowed, Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);
        try
        {
            return await ExecuteAsync(new StepCall<TStep>(step, input, ActivityCall.KeyOf(context, input)), both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            return Errored($"{input.Uses} did not finish within {PlaybookDuration.Format(allowed)}.");
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            Logger.LogError(exception, "Run {Run}, stage {Stage}, step {Step}: {Uses} failed", input.RunId, input.Stage, input.StepId, input.Uses);
            return Errored($"{input.Uses} failed: {exception.Message}");
        }
    }

    /// <summary>Carries the step out. May throw: the base turns it into Errored.</summary>
    protected abstract Task<StepResult> ExecuteAsync(StepCall<TStep> call, CancellationToken cancellation);

    protected static StepResult Passed(string message, params (string Name, object? Value)[] outputs) => Result(StepVerdict.Passed, message, outputs);

    protected static StepResult Failed(string message, params (string Name, object? Value)[] outputs) => Result(StepVerdict.Failed, message, outputs);

    protected static StepResult Errored(string message, params (string Name, object? Value)[] outputs) => Result(StepVerdict.Errored, message, outputs);

    private static StepResult Result(StepVerdict verdict, string message, (string Name, object? Value)[] outputs) => new()
    {
        Verdict = verdict,
        Message = message,
        Outputs = outputs.ToDictionary(output => output.Name, output => JsonSerializer.SerializeToElement(output.Value, JsonSerializerOptions.Web)),
    };
}
