using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Runs one step: its <c>if</c>, its <c>forEach</c>, its expressions, its retries and, where the kind leaves the answer
/// to people, the question. Whatever goes wrong ends in a verdict, never in an exception.
/// </summary>
internal sealed class StepRunner(
    TaskOrchestrationContext context, RolloutInput rollout, PlaybookClock clock,
    Func<Step, PeopleQuestion, Task<StepResult>> askPeople, Func<TimeSpan, Task>? pause = null, Action<Step, StepPlace, StepResult>? progressed = null)
{
    public async Task<StepResult> RunAsync(Step step, StepPlace place, ExpressionScope scope)
    {
        try
        {
            if (step.If is { } condition && Skip(condition, scope) is { } skipped) return skipped;
            if (step.ForEach is { } list) return await ForEachAsync(step, place, scope, list);
            return await RetryAsync(step, place, scope);
        }
        catch (ExpressionException unresolved)
        {
            return Errored($"{step.Id}: {unresolved.Message}");
        }
    }

    /// <summary>Between two tries and between two items: whoever runs the step may hold it here, or leave.</summary>
    private Task PauseAsync(TimeSpan span) =>
        pause is not null ? pause(span) : span > TimeSpan.Zero ? context.CreateTimer(clock.ToReal(span), CancellationToken.None) : Task.CompletedTask;

    private static StepResult? Skip(string condition, ExpressionScope scope) => IfExpression.Parse(condition).Evaluate(scope) switch
    {
        ConditionResult.True => null,
        ConditionResult.False => new StepResult { Verdict = StepVerdict.Skipped, Message = $"left out, since '{condition}' is false" },
        _ => Errored($"'{condition}' cannot be decided: something that it refers to has no value"),
    };

    private async Task<StepResult> ForEachAsync(Step step, StepPlace place, ExpressionScope scope, JsonElement list)
    {
        var items = ExpressionResolver.Resolve(list, scope);
        if (items.ValueKind != JsonValueKind.Array) return Errored($"forEach: expected a list, got {items.ValueKind}");

        var results = new List<StepResult>();
        foreach (var item in items.EnumerateArray())
        {
            if (results.Count > 0) await PauseAsync(TimeSpan.Zero);
            results.Add(await RetryAsync(step, place, scope with { Item = item }));
        }

        var worst = results.FirstOrDefault(result => result.Verdict == StepVerdict.Failed)
            ?? results.FirstOrDefault(result => result.Verdict == StepVerdict.Errored);
        return worst ?? new StepResult { Verdict = StepVerdict.Passed, Message = $"passed for all {results.Count} items" };
    }

    private async Task<StepResult> RetryAsync(Step step, StepPlace place, ExpressionScope scope)
    {
        var retry = step.Retry ?? new StepRetry { MaxAttempts = 1 };
        var started = context.CurrentUtcDateTime;
        var wait = retry.Interval;
        for (var attempt = 1; ; attempt++)
        {
            var result = await TryAsync(step, place, scope);
            var timeUp = retry.Timeout is { } limit && context.CurrentUtcDateTime - started >= clock.ToReal(limit);
            if (result.Verdict != StepVerdict.Errored || attempt >= retry.MaxAttempts || timeUp) return result;
            await PauseAsync(wait);
            wait *= retry.Backoff;
        }
    }

    private async Task<StepResult> TryAsync(Step step, StepPlace place, ExpressionScope scope)
    {
        var request = new StepRequest
        {
            RunId = rollout.RunId,
            Playbook = rollout.Playbook.Name,
            Stage = place.Stage,
            Attempt = place.Attempt,
            StepId = step.Id,
            Uses = step.Uses,
            With = ExpressionResolver.Resolve(step.With, scope),
            Epoch = place.Epoch,
            Actor = rollout.StartedBy,
            Timeout = step.Timeout,
            Surface = step.Surface,
            Irreversible = step.Irreversible,
            Undo = step.Undo is { } undo ? undo with { With = ExpressionResolver.Resolve(undo.With, scope) } : null,
            RollbackTo = step.RollbackTo is { } value ? ExpressionResolver.Resolve(value, scope) : null,
            Metrics = rollout.Playbook.Metrics,
            Channels = rollout.Playbook.Channels,
            StageOpenedAt = place.OpenedAt,
            RolledBackAt = place.RolledBackAt,
            StartedAt = clock.ToPlaybook(context.CurrentUtcDateTime),
        };

        var result = await CallAsync(step, request with { At = request.StartedAt });
        while (result is { Verdict: StepVerdict.Waiting, Again: { } span })
        {
            if (result.Progress is not null) progressed?.Invoke(step, place, result);
            await PauseAsync(clock.Paced(span));
            result = await CallAsync(step, request with { At = clock.ToPlaybook(context.CurrentUtcDateTime), Kept = result.Keep });
        }

        return result is { Verdict: StepVerdict.Waiting, Question: { } question } ? await askPeople(step, question) : result;
    }

    private async Task<StepResult> CallAsync(Step step, StepRequest request)
    {
        try
        {
            return await context.CallActivityAsync<StepResult>(step.Uses, request);
        }
        catch (TaskFailedException failure)
        {
            return Errored($"{step.Uses} broke: {failure.FailureDetails.ErrorMessage}");
        }
    }

    private static StepResult Errored(string message) => new() { Verdict = StepVerdict.Errored, Message = message };
}
