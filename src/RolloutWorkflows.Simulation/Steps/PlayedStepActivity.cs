using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>Plays a check, which is taken to pass, or an action that changes nothing which could be taken back.</summary>
internal sealed class PlayedStepActivity<TStep>(PlayedSteps steps, TimeProvider time, ILogger<PlayedStepActivity<TStep>> logger) : StepActivity<TStep>(time, logger)
    where TStep : class
{
    protected override Task<StepResult> ExecuteAsync(StepCall<TStep> call, CancellationToken cancellation) =>
        Task.FromResult(steps.FaultOf(call.Request) ?? steps.Done(call.Request, $"{call.Request.Uses} is taken to pass"));
}
