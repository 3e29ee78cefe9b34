using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>Plays an action without an inverse of its own: journaled as it would be, so that a rollback takes it back by its <c>undo</c> or leaves it in place.</summary>
internal sealed class PlayedRequestActivity<TStep>(PlayedSteps steps, IEffectJournal journal, TimeProvider time, ILogger<PlayedRequestActivity<TStep>> logger) : StepActivity<TStep>(time, logger)
    where TStep : class
{
    protected override async Task<StepResult> ExecuteAsync(StepCall<TStep> call, CancellationToken cancellation)
    {
        var request = call.Request;
        if (steps.FaultOf(request) is { } fault) return fault;
        var effect = new EffectRecord
        {
            EffectId = request.Undoes is { } undone ? $"{undone}/undo" : call.Key,
            RunId = request.RunId,
            Sequence = 0,
            Epoch = request.Epoch,
            Stage = request.Stage,
            Attempt = request.Attempt,
            StepId = request.StepId,
            Uses = request.Uses,
            Target = $"{request.Uses} {request.StepId}",
            Prior = JsonSerializer.SerializeToElement<object?>(null),
            Intended = JsonSerializer.SerializeToElement("done"),
            State = EffectState.Intended,
            Surface = request.Surface,
            Undo = request.Undo,
            Undoes = request.Undoes,
            Irreversible = request.Irreversible,
            IntendedAt = Time.GetUtcNow(),
        };
        var intent = await journal.IntendAsync(effect, cancellation);
        if (intent.Outcome == EffectIntentOutcome.Refused) return Errored($"{request.Uses} was not sent: the run was rolled back in the meantime.");
        await journal.SettleAsync(effect.EffectId, EffectState.Applied, cancellation: cancellation);
        return steps.Done(request, $"{request.Uses} is taken to succeed") with { Effect = intent.Record with { State = EffectState.Applied } };
    }
}
