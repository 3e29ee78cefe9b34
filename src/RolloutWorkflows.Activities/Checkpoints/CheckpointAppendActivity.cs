using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Carries out <c>checkpoint/append</c>. The intent is journaled first; a line that an earlier delivery wrote is found again by its
/// mark. It stays on a rollback, which lists it.
/// </summary>
internal sealed class CheckpointAppendActivity(PlaybookFiles files, Grants grants, IEffectJournal journal, TimeProvider time, ILogger<CheckpointAppendActivity> logger)
    : StepActivity<CheckpointAppendStep>(time, logger), ISentEffect
{
    public bool NeverTookPlace(EffectRecord effect) => CheckpointReport.Of(effect).Written == false;

    protected override async Task<StepResult> ExecuteAsync(StepCall<CheckpointAppendStep> call, CancellationToken cancellation)
    {
        var (step, request) = (call.Step, call.Request);
        if (grants.RefusalOfFile(request.Playbook, step.File) is { } refusal) return Errored($"Nothing was written: {refusal}.");
        var intent = await journal.IntendAsync(ToRecord(request, step), cancellation);
        if (intent.Outcome == EffectIntentOutcome.Refused)
            return Errored($"Nothing was written: the run was rolled back in the meantime (its epoch is {intent.Epoch}, the step's {request.Epoch}).");

        var effect = intent.Record;
        var line = CheckpointLine.Of(effect.EffectId, effect.IntendedAt, effect.RunId, effect.Stage, CheckpointReport.Of(effect).Text);
        if (CheckpointReport.Of(effect).Written == true) return Done(step, effect, line, stood: true);
        // From here on it may be under way again.
        if (CheckpointReport.Of(effect).Written == false) await journal.SettleAsync(effect.EffectId, EffectState.Intended, (CheckpointReport.Of(effect) with { Written = null }).ToJson(), cancellation);
        try
        {
            var stood = true;
            await files.ChangeTextAsync(step.File, text => Task.FromResult(line.AppendedTo(text) is { } longer ? Longer(longer) : null), cancellation);
            var report = CheckpointReport.Of(effect) with { Written = true };
            await journal.SettleAsync(effect.EffectId, EffectState.Applied, report.ToJson(), cancellation);
            return Done(step, effect with { Intended = report.ToJson() }, line, stood);

            string Longer(string text)
            {
                stood = false;
                return text;
            }
        }
        catch (PlaybookFileException unusable)
        {
            if (intent.Outcome == EffectIntentOutcome.Written)
                await journal.SettleAsync(effect.EffectId, EffectState.Intended, (CheckpointReport.Of(effect) with { Written = false }).ToJson(), cancellation);
            return Errored($"{unusable.Sentence} Nothing was written; make the file, then retry.");
        }
    }

    private static StepResult Done(CheckpointAppendStep step, EffectRecord effect, CheckpointLine line, bool stood) =>
        Passed($"{step.File} {(stood ? "holds it already" : "has a new line")}: {line.Shown}", ("line", line.Shown)) with { Effect = effect with { State = EffectState.Applied } };

    private EffectRecord ToRecord(StepRequest request, CheckpointAppendStep step) => new()
    {
        EffectId = $"{request.RunId}/{request.Stage}/{request.Attempt}/{request.Epoch}/{request.StepId}",
        RunId = request.RunId,
        Sequence = 0,
        Epoch = request.Epoch,
        Stage = request.Stage,
        Attempt = request.Attempt,
        StepId = request.StepId,
        Uses = request.Uses,
        Target = $"checkpoint:{step.File}",
        Prior = JsonSerializer.SerializeToElement<object?>(null),
        Intended = new CheckpointReport(step.File, step.Text).ToJson(),
        State = EffectState.Intended,
        Surface = request.Surface,
        // What happened stays written down, whatever becomes of the run.
        Irreversible = true,
        Undoes = request.Undoes,
        IntendedAt = Time.GetUtcNow(),
    };
}
