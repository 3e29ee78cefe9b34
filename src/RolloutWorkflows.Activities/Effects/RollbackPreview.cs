using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Decides as a rollback does, on present values, and writes nothing.</summary>
internal sealed class RollbackPreview(IEffectJournal journal, StepActivities kinds, TimeProvider time) : IRollbackPreview
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<RestorationPreview>> ReadAsync(RollbackRequest request, CancellationToken cancellation = default)
    {
        var lines = await journal.ListAsync(request.RunId, cancellation);
        // Where one target was changed twice, the older change is undone on what undoing the newer one leaves.
        var standing = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var previews = new List<RestorationPreview>();
        foreach (var effect in RollbackSelection.Of(lines, request, kinds)) previews.Add(await PreviewAsync(effect, request, standing, cancellation));
        return previews;
    }

    private async Task<RestorationPreview> PreviewAsync(EffectRecord effect, RollbackRequest request, Dictionary<string, JsonElement> standing, CancellationToken cancellation)
    {
        if (kinds.FindReversible(effect.Uses) is not { } kind) return Sent(effect);
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            var present = standing.TryGetValue(effect.Target, out var left) ? left : await kind.ReadAsync(effect.Target, both.Token);
            if (effect.Irreversible) return Of(effect, CompensationOutcome.LeftInPlace, "stays as the playbook says", kind.Describe(present), kind.Describe(present));
            var restoration = new Restoration(effect, kind, request.To.Percent is { } percent ? kind.FallbackTo(effect, percent) : null);
            var written = restoration.Decide(present);
            standing[effect.Target] = written;
            return Of(effect, restoration.Outcome, Sentence(restoration.Outcome), kind.Describe(present), kind.Describe(written));
        }
        catch (Exception unreadable) when (!cancellation.IsCancellationRequested)
        {
            var why = limit.IsCancellationRequested ? $"no answer within {Limit.TotalSeconds:0} s" : unreadable.Message;
            return Of(effect, CompensationOutcome.Blocked, $"cannot be read now, which would block it: {why}");
        }
    }

    private RestorationPreview Sent(EffectRecord effect) =>
        kinds.Find(effect.Uses) is ISentEffect sent && sent.NeverTookPlace(effect) ? Of(effect, CompensationOutcome.AlreadyPrior, "never took place")
        : effect.Irreversible || effect.Undo is null ? Of(effect, CompensationOutcome.LeftInPlace, "stays as the playbook says")
        : kinds.Find(effect.Undo.Uses) is null ? Of(effect, CompensationOutcome.Blocked, $"is undone by {effect.Undo.Uses}, which this build cannot carry out")
        : Of(effect, CompensationOutcome.Restored, $"would be undone by {effect.Undo.Uses}");

    private static string Sentence(CompensationOutcome outcome) => outcome switch
    {
        CompensationOutcome.AlreadyPrior => "stands there already",
        CompensationOutcome.Restored => "would be restored",
        _ => "was changed by somebody else, so it would not be raised",
    };

    private static RestorationPreview Of(EffectRecord effect, CompensationOutcome outcome, string message, string? from = null, string? to = null) => new()
    {
        Target = effect.Target,
        Stage = effect.Stage,
        StepId = effect.StepId,
        Uses = effect.Uses,
        From = from,
        To = to,
        Outcome = outcome,
        Message = message,
    };
}
