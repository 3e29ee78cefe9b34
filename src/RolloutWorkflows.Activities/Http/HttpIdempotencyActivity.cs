using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Carries out <c>http/idempotency</c>. A delivery that was cut off leaves a request behind whose key the next one sends
/// again, so the check is as idempotent as the service it asks. Where it is called again, each part is a call of its own,
/// and what was counted before is kept.
/// </summary>
internal sealed class HttpIdempotencyActivity(OutboundHttp http, SecretHeaders secrets, TimeProvider time, ILogger<HttpIdempotencyActivity> logger)
    : StepActivity<HttpIdempotencyStep>(time, logger)
{
    private const int MaximumBytes = 256 * 1024;

    /// <summary>In an address that counts: the key, as an address writes it.</summary>
    private static readonly string[] KeyMarks = ["{key}", "%7Bkey%7D"];

    // Four of them, a count and three requests, must fit into one call where nothing calls the check again.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(12);

    protected override async Task<StepResult> ExecuteAsync(StepCall<HttpIdempotencyStep> call, CancellationToken cancellation)
    {
        if (OutboundRequests.ProblemOf(call.Step.Headers, call.Step.KeyHeader) is { } problem) return Errored(problem);
        if (OutboundRequests.ProblemOf(new Dictionary<string, string> { [call.Step.KeyHeader] = "key" }, ownName: null) is not null)
            return Errored($"with.keyHeader: '{call.Step.KeyHeader}' is no header of a request.");

        var probe = call.Request.Kept?.Deserialize<IdempotencyProbe>(JsonSerializerOptions.Web) ?? Begin(call);
        try
        {
            while (true)
            {
                var (result, next) = await GoOnAsync(call, probe, cancellation);
                if (result is not null) return result;
                if (IsCalledAgain(call)) return Again(next!);
                probe = next!;
            }
        }
        catch (OutboundException none)
        {
            return Errored($"{PlaceOf(call.Step.Url)}: {none.Message}.", ("status", null), ("key", probe.Key), ("effects", null));
        }
    }

    private static IdempotencyProbe Begin(StepCall<HttpIdempotencyStep> call) => IdempotencyProbe.Of(call.Key, call.Request.StepId) with
    {
        Phase = call.Step.CountUrl is null ? IdempotencyPhase.Replaying : IdempotencyPhase.Counting,
    };

    private static bool IsCalledAgain(StepCall<HttpIdempotencyStep> call) => call.Request.StartedAt is not null;

    private static StepResult Again(IdempotencyProbe next) => new()
    {
        Verdict = StepVerdict.Waiting,
        Message = next.Phase == IdempotencyPhase.Replaying ? "counted what is there" : "sent the request twice with the same key",
        Again = TimeSpan.Zero,
        Keep = JsonSerializer.SerializeToElement(next, JsonSerializerOptions.Web),
    };

    /// <summary>The next part: the check's result, or how far it has come.</summary>
    private Task<(StepResult? Result, IdempotencyProbe? Next)> GoOnAsync(StepCall<HttpIdempotencyStep> call, IdempotencyProbe probe, CancellationToken cancellation) => probe.Phase switch
    {
        IdempotencyPhase.Counting => CountFirstAsync(call, probe, cancellation),
        IdempotencyPhase.Replaying => ReplayAsync(call, probe, cancellation),
        _ => SendOtherAsync(call, probe, cancellation),
    };

    private async Task<(StepResult?, IdempotencyProbe?)> CountFirstAsync(StepCall<HttpIdempotencyStep> call, IdempotencyProbe probe, CancellationToken cancellation)
    {
        var (before, problem) = await CountAsync(call, probe.Key, cancellation);
        if (problem is not null) return (Errored(problem), null);
        var other = before;
        // An address without the key counts the two equal requests too.
        if (call.Step.AnotherKey) (other, problem) = CountsByKey(call.Step) ? await CountAsync(call, probe.OtherKey, cancellation) : (before + 1, null);
        return problem is not null ? (Errored(problem), null) : (null, probe with { Phase = IdempotencyPhase.Replaying, Before = before, OtherBefore = other });
    }

    private async Task<(StepResult?, IdempotencyProbe?)> ReplayAsync(StepCall<HttpIdempotencyStep> call, IdempotencyProbe probe, CancellationToken cancellation)
    {
        var (first, sent) = await SendAsync(call, probe.Key, cancellation);
        (string, object?)[] outputs = [("status", first.Status), ("key", probe.Key), ("effects", null)];
        if (Unexpected(call.Step, first, "the first request") is { } unexpected) return (Failed(unexpected, outputs), null);
        var (second, _) = await SendAsync(call, probe.Key, cancellation);
        if (first.Truncated || second.Truncated) return (Errored($"{PlaceOf(call.Step.Url)} answered with more than {MaximumBytes / 1024} KiB, which are not compared.", outputs), null);

        double? grown = null;
        if (probe.Before is { } before)
        {
            var (after, problem) = await CountAsync(call, probe.Key, cancellation);
            if (problem is not null) return (Errored(problem, outputs), null);
            grown = after - before;
            outputs[2] = ("effects", grown);
        }

        if (AnswerComparison.DifferenceOf(first, second, call.Step.Ignore, sent) is { } difference)
            return (Failed($"{PlaceOf(call.Step.Url)} answered the same request with the same key differently: {difference}.", outputs), null);
        if (grown is { } growth && JudgeGrowth(call, growth, "the same request sent twice with one key", outputs) is { } wrong) return (wrong, null);
        var done = probe with { Phase = IdempotencyPhase.AnotherKey, Status = first.Status, Digest = AnswerComparison.DigestOf(first, call.Step.Ignore) };
        return call.Step.AnotherKey
            ? (null, done)
            : (Passed($"{PlaceOf(call.Step.Url)} answered {first.Status} both times{(grown is null ? "" : ", and had one effect")}.", outputs), null);
    }

    private async Task<(StepResult?, IdempotencyProbe?)> SendOtherAsync(StepCall<HttpIdempotencyStep> call, IdempotencyProbe probe, CancellationToken cancellation)
    {
        var place = PlaceOf(call.Step.Url);
        var (answer, _) = await SendAsync(call, probe.OtherKey, cancellation);
        (string, object?)[] outputs = [("status", answer.Status), ("key", probe.Key), ("effects", null)];
        if (Unexpected(call.Step, answer, "the request with another key") is { } unexpected) return (Failed(unexpected, outputs), null);
        if (probe.OtherBefore is not { } before)
        {
            return (AnswerComparison.DigestOf(answer, call.Step.Ignore) == probe.Digest
                ? Failed($"{place} answered another key with the same answer; expected a new effect with an answer of its own.", outputs)
                : Passed($"{place} answered {probe.Status} both times, and another key with an answer of its own.", outputs), null);
        }

        var (after, problem) = await CountAsync(call, probe.OtherKey, cancellation);
        if (problem is not null) return (Errored(problem, outputs), null);
        outputs[2] = ("effects", after - before + 1);
        var wrong = JudgeGrowth(call, after!.Value - before, "the request with another key", outputs);
        return (wrong ?? Passed($"{place} answered {probe.Status} both times with one effect, and another key had an effect of its own.", outputs), null);
    }

    private static StepResult? JudgeGrowth(StepCall<HttpIdempotencyStep> call, double growth, string what, (string, object?)[] outputs)
    {
        if (growth == 1) return null;
        var found = $"{what} had {Text(growth)} effects, as {PlaceOf(call.Step.CountUrl!)} counts; expected one";
        // Where nothing is kept between calls, a call that was cut off may have had the effect before this one counted.
        return growth == 0 && !IsCalledAgain(call) ? Errored($"{found}, unless an earlier call was cut off.", outputs) : Failed($"{Capital(found)}.", outputs);
    }

    private static string? Unexpected(HttpIdempotencyStep step, OutboundAnswer answer, string what)
    {
        var expected = step.ExpectStatus is { } status ? answer.Status == status : answer.IsSuccess;
        return expected ? null : $"{PlaceOf(step.Url)} answered {what} with {answer.Status}; expected {(step.ExpectStatus is { } wanted ? Text(wanted) : "2xx")}.";
    }

    private async Task<(OutboundAnswer Answer, SentHeaders Sent)> SendAsync(StepCall<HttpIdempotencyStep> call, string key, CancellationToken cancellation)
    {
        var step = call.Step;
        var headers = await secrets.ResolveAsync(call.Request.Playbook, step.Url, step.Headers, cancellation);
        using var request = OutboundRequests.Of(step.Method, step.Url, step.Body, headers);
        request.Headers.TryAddWithoutValidation(step.KeyHeader, key);
        return (await http.SendForAsync(call.Request.Playbook, request, TimeoutOf(step), MaximumBytes, cancellation), headers);
    }

    private async Task<(double? Count, string? Problem)> CountAsync(StepCall<HttpIdempotencyStep> call, string key, CancellationToken cancellation)
    {
        var step = call.Step;
        var address = new Uri(KeyMarks.Aggregate(step.CountUrl!.OriginalString, (text, mark) => text.Replace(mark, key, StringComparison.OrdinalIgnoreCase)));
        var headers = await secrets.ResolveAsync(call.Request.Playbook, address, step.Headers, cancellation);
        using var request = OutboundRequests.Of("GET", address, body: null, headers);
        var answer = await http.SendForAsync(call.Request.Playbook, request, TimeoutOf(step), MaximumBytes, cancellation);
        var place = PlaceOf(address);
        if (!answer.IsSuccess) return (null, $"{place}, which counts the effects, answered {answer.Status}; expected 2xx.");
        if (answer.Truncated || OutboundRequests.ParseJson(answer.Body) is not { } body) return (null, $"{place}, which counts the effects, answered no JSON.");
        var count = JsonPath.Number(body, step.CountValue ?? "");
        return count.Value is { } number ? (number, null) : (null, $"{place}, which counts the effects: {count.Reason}.");
    }

    private static bool CountsByKey(HttpIdempotencyStep step) =>
        step.CountUrl is { } address && KeyMarks.Any(mark => address.OriginalString.Contains(mark, StringComparison.OrdinalIgnoreCase));

    private static TimeSpan TimeoutOf(HttpIdempotencyStep step) => step.Timeout < LongestTimeout ? step.Timeout : LongestTimeout;

    private static string PlaceOf(Uri address) => address.GetLeftPart(UriPartial.Path);

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
