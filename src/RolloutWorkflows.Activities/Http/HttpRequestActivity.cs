using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Carries out <c>http/request</c>. The intent is journaled before the request is sent; what is not known to have been
/// left undone is never sent again, neither by a redelivery nor by another try of the step. Only an undo is, with the
/// same key, until it is taken.
/// </summary>
internal sealed class HttpRequestActivity(
    OutboundHttp http, SecretHeaders secrets, IEffectJournal journal, EffectGate gate, TimeProvider time, ILogger<HttpRequestActivity> logger)
    : StepActivity<HttpRequestStep>(time, logger), ISentEffect, ILeasedStep
{
    private const int MaximumBytes = 64 * 1024;
    private const int MaximumKept = 8 * 1024;
    private const string KeyHeader = "Idempotency-Key";

    // The step's own limit must not cut off what settles the outcome.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(50);

    public bool NeverTookPlace(EffectRecord effect) => HttpSending.Of(effect).Sent == false;

    public IReadOnlyList<string> LeasesOf(IReadOnlyDictionary<string, JsonElement> with) =>
        StepBinder.TryBind<HttpRequestStep>(with, out var step, out _) ? [TargetOf(step)] : [];

    protected override async Task<StepResult> ExecuteAsync(StepCall<HttpRequestStep> call, CancellationToken cancellation)
    {
        if (ProblemOf(call) is { } problem) return Errored(problem);
        if (await gate.RefusalAsync(call.Request, [TargetOf(call.Step)], cancellation) is { } leased) return Errored(leased);
        // Asked before anything is journaled: a secret that is not to be had leaves nothing behind.
        var headers = await secrets.ResolveAsync(call.Request.Playbook, call.Step.Url, call.Step.Headers, cancellation);
        var intent = await journal.IntendAsync(ToRecord(call), cancellation);
        var effect = intent.Record;
        if (intent.Outcome == EffectIntentOutcome.Refused)
            return Errored($"{call.Request.Uses} was not sent: the run was rolled back in the meantime (its epoch is {intent.Epoch}, the step's {call.Request.Epoch}).");
        if (intent.Outcome == EffectIntentOutcome.Written) return await SendAsync(call, effect, headers, cancellation);

        var known = HttpSending.Of(effect);
        if (known.Sent == true) return Done(call.Step, effect, known);
        if (known.Sent is null)
        {
            var found = await ReadBackAsync(call, effect, "an earlier try was cut off, or had no answer", cancellation);
            // A way back that is never tried again would never end; its key lets the other side take it once.
            if (call.Request.Undoes is null || found.Verdict != StepVerdict.Errored) return found;
        }

        await journal.SettleAsync(effect.EffectId, EffectState.Intended, new HttpSending(Sent: null).ToJson(), cancellation);
        return await SendAsync(call, effect, headers, cancellation);
    }

    private async Task<StepResult> SendAsync(StepCall<HttpRequestStep> call, EffectRecord effect, SentHeaders headers, CancellationToken cancellation)
    {
        var step = call.Step;
        OutboundAnswer answer;
        try
        {
            using var request = ToRequest(step, headers, effect.EffectId);
            answer = await http.SendForAsync(call.Request.Playbook, request, step.Timeout < LongestTimeout ? step.Timeout : LongestTimeout, MaximumBytes, cancellation);
        }
        catch (OutboundException none) when (none.NotSent)
        {
            await SettleAsync(effect, new HttpSending(Sent: false), cancellation);
            return Errored($"{effect.Target} was not sent: {none.Message}.");
        }
        catch (OutboundException none)
        {
            return await ReadBackAsync(call, effect, none.Message, cancellation);
        }

        if (answer.Status >= 500 && answer.Status != step.ExpectStatus) return await ReadBackAsync(call, effect, $"the answer was {answer.Status}", cancellation);
        if (!answer.IsSuccess && answer.Status != step.ExpectStatus)
        {
            await SettleAsync(effect, new HttpSending(Sent: false, answer.Status), cancellation);
            return Failed($"{effect.Target} was refused: it answered {answer.Status}; expected {Expected(step)}.", ("status", answer.Status), ("body", BodyOf(answer, headers)));
        }

        var sending = new HttpSending(Sent: true, answer.Status, BodyOf(answer, headers));
        await SettleAsync(effect, sending, cancellation);
        return Done(step, effect, sending);
    }

    /// <summary>Looks up what became of a request whose answer is not known.</summary>
    private async Task<StepResult> ReadBackAsync(StepCall<HttpRequestStep> call, EffectRecord effect, string why, CancellationToken cancellation)
    {
        var step = call.Step;
        var unknown = $"It is not known whether {effect.Target} was carried out: {why}. It is {(call.Request.Undoes is null ? "not " : "")}sent again.";
        if (step.ReadBackUrl is not { } address)
            return Errored(call.Request.Undoes is null ? $"{unknown} Look there: ignore this step where it was carried out, or roll back." : unknown) with { Effect = effect };
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            var headers = await secrets.ResolveAsync(call.Request.Playbook, address, step.Headers, cancellation);
            foreach (var (name, value) in headers.Headers) request.Headers.TryAddWithoutValidation(name, value);
            var answer = await http.SendForAsync(call.Request.Playbook, request, TimeSpan.FromSeconds(5), MaximumBytes, cancellation);
            var found = answer.Status == step.ReadBackStatus && (step.ReadBackBody is not { } text || answer.Text.Contains(text, StringComparison.Ordinal));
            if (!found) return Errored($"{unknown} The read-back answered {answer.Status} and does not show it; retry looks again.") with { Effect = effect };
        }
        catch (OutboundException none)
        {
            return Errored($"{unknown} The read-back had no answer: {none.Message}; retry looks again.") with { Effect = effect };
        }
        catch (SecretException refused)
        {
            return Errored($"{unknown} The read-back was not sent: {refused.Message}; retry looks again.") with { Effect = effect };
        }

        var sending = new HttpSending(Sent: true);
        await SettleAsync(effect, sending, cancellation);
        return Done(step, effect, sending);
    }

    private static StepResult Done(HttpRequestStep step, EffectRecord effect, HttpSending sending)
    {
        (string, object?)[] outputs = [("status", sending.Status), ("body", sending.Body)];
        var applied = effect with { State = EffectState.Applied, Intended = sending.ToJson() };
        if (sending.Status is not { } status) return Passed($"{effect.Target} was carried out, as the read-back shows.", outputs) with { Effect = applied };
        return step.ExpectStatus is { } expected && expected != status
            ? Failed($"{effect.Target} was carried out, but answered {status}; expected {expected}.", outputs) with { Effect = applied }
            : Passed($"{effect.Target} answered {status}.", outputs) with { Effect = applied };
    }

    private ValueTask SettleAsync(EffectRecord effect, HttpSending sending, CancellationToken cancellation) =>
        journal.SettleAsync(effect.EffectId, sending.Sent == true ? EffectState.Applied : EffectState.Intended, sending.ToJson(), cancellation);

    private static string? ProblemOf(StepCall<HttpRequestStep> call)
    {
        if (call.Request.RollbackTo is not null) return "http/request takes no rollbackTo: state an undo.";
        return OutboundRequests.ProblemOf(call.Step.Headers, KeyHeader);
    }

    private static HttpRequestMessage ToRequest(HttpRequestStep step, SentHeaders headers, string key)
    {
        var request = OutboundRequests.Of(step.Method, step.Url, step.Body, headers);
        request.Headers.TryAddWithoutValidation(KeyHeader, key);
        return request;
    }

    private EffectRecord ToRecord(StepCall<HttpRequestStep> call)
    {
        var request = call.Request;
        return new EffectRecord
        {
            // Not the call's own key: another try of the step is the same request.
            EffectId = request.Undoes is { } undone ? $"{undone}/undo" : $"{request.RunId}/{request.Stage}/{request.Attempt}/{request.Epoch}/{request.StepId}",
            RunId = request.RunId,
            Sequence = 0,
            Epoch = request.Epoch,
            Stage = request.Stage,
            Attempt = request.Attempt,
            StepId = request.StepId,
            Uses = request.Uses,
            Target = TargetOf(call.Step),
            Prior = JsonSerializer.SerializeToElement<object?>(null),
            Intended = new HttpSending(Sent: null).ToJson(),
            State = EffectState.Intended,
            Surface = request.Surface,
            Undo = request.Undo,
            Undoes = request.Undoes,
            Irreversible = request.Irreversible,
            IntendedAt = Time.GetUtcNow(),
        };
    }

    private static string TargetOf(HttpRequestStep step) => $"{step.Method} {step.Url.GetLeftPart(UriPartial.Path)}";

    private static string Expected(HttpRequestStep step) => step.ExpectStatus is { } status ? $"{status}" : "2xx";

    private static JsonElement? BodyOf(OutboundAnswer answer, SentHeaders headers) =>
        answer.Truncated || answer.Body.Length is 0 or > MaximumKept ? null : OutboundRequests.ParseJson(answer.Body) is { } body ? headers.Mask(body) : null;
}
