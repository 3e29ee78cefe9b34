using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>http/probe</c>: another answer than expected is Failed, none is Errored.</summary>
internal sealed class HttpProbeActivity(OutboundHttp http, SecretHeaders secrets, TimeProvider time, ILogger<HttpProbeActivity> logger)
    : StepActivity<HttpProbeStep>(time, logger)
{
    private const int MaximumBody = 64 * 1024;

    protected override async Task<StepResult> ExecuteAsync(StepCall<HttpProbeStep> call, CancellationToken cancellation)
    {
        var step = call.Step;
        using var request = new HttpRequestMessage(new HttpMethod(step.Method), step.Url);
        foreach (var (name, value) in (await secrets.ResolveAsync(call.Request.Playbook, step.Url, step.Headers, cancellation)).Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) return Errored($"http/probe cannot send with.headers: '{name}' is no header of a request.");
        }

        var place = step.Url.GetLeftPart(UriPartial.Path);
        try
        {
            var answer = await http.SendForAsync(call.Request.Playbook, request, step.Timeout < Limit ? step.Timeout : Limit, MaximumBody, cancellation);
            return Judge(step, place, answer);
        }
        catch (OutboundException none)
        {
            return Errored($"{place}: {none.Message}.", ("status", null), ("durationMs", null));
        }
    }

    private static StepResult Judge(HttpProbeStep step, string place, OutboundAnswer answer)
    {
        (string, object?)[] outputs = [("status", answer.Status), ("durationMs", Math.Round(answer.Took.TotalMilliseconds, 1))];
        if (answer.Status != step.ExpectStatus) return Failed($"{place} answered {answer.Status}; expected {step.ExpectStatus}.", outputs);
        if (step.ExpectBody is not { } expected || answer.Text.Contains(expected, StringComparison.Ordinal)) return Passed($"{place} answered {answer.Status}.", outputs);
        return Failed($"{place} answered {answer.Status}, but without the text '{expected}'.", outputs);
    }
}
