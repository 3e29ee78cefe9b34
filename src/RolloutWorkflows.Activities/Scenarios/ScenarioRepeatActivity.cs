using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Carries out <c>scenario/repeat</c>. A call does a few runs and says how far it is; what it came to is kept in the run's
/// history, so that the next call, or another server, goes on from there.
/// </summary>
internal sealed class ScenarioRepeatActivity(ScenarioRuns runs, TimeProvider time, ILogger<ScenarioRepeatActivity> logger)
    : StepActivity<ScenarioRepeatStep>(time, logger)
{
    /// <summary>After this long a call ends, so that people see how far it is and little is lost in a crash.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    /// <summary>In a guardrail nothing calls again.</summary>
    private static readonly TimeSpan OnlyTurn = TimeSpan.FromSeconds(50);

    protected override async Task<StepResult> ExecuteAsync(StepCall<ScenarioRepeatStep> call, CancellationToken cancellation)
    {
        var (step, request) = (call.Step, call.Request);
        if (step.Command is null == step.Url is null) return Errored("with: expected either command or url.");
        var progress = ScenarioProgress.Of(request.Kept, Time.GetUtcNow());
        var isCalledAgain = request.StartedAt is not null;
        // Fewer than a hundred turns keep the run's history short.
        var perTurn = isCalledAgain ? Math.Max(step.Parallel, (step.Times + 19) / 20) : step.Times;
        var started = Time.GetTimestamp();
        try
        {
            for (var left = perTurn; left > 0 && progress.Done < step.Times && progress.Failures <= step.MaxFailures; left -= step.Parallel)
            {
                var group = Enumerable.Range(progress.Done + 1, Math.Min(step.Parallel, step.Times - progress.Done)).Select(number => runs.RunAsync(call, number, cancellation));
                foreach (var failure in await Task.WhenAll(group)) progress = progress.With(failure);
                if (Time.GetElapsedTime(started) >= (isCalledAgain ? Turn : OnlyTurn)) break;
            }
        }
        catch (Exception problem) when (problem is CommandException or SecretException or OutboundException)
        {
            return Errored($"The scenario cannot run: {problem.Message}.", OutputsOf(progress));
        }

        return Judge(call, progress, Time.GetUtcNow() - progress.BeganAt);
    }

    private static StepResult Judge(StepCall<ScenarioRepeatStep> call, ScenarioProgress progress, TimeSpan took)
    {
        var (step, request) = (call.Step, call.Request);
        var name = step.Command ?? Uri.UnescapeDataString(step.Url!.GetLeftPart(UriPartial.Path));
        var outputs = OutputsOf(progress);
        if (progress.Failures > step.MaxFailures)
            return Failed($"{name} failed {Times(progress.Failures)} in {progress.Done} of {step.Times} runs; at most {step.MaxFailures} may. {string.Join("; ", progress.First)}.", outputs);
        if (progress.Done >= step.Times) return Passed($"{name} ran {Times(progress.Done)} and failed {Times(progress.Failures)}.", outputs);

        var soFar = $"{progress.Done} of {step.Times} runs of {name}{(progress.Failures > 0 ? $", {progress.Failures} failed" : "")}";
        if (request.StartedAt is null) return Errored($"{name} takes longer than is waited for here: {soFar}.", outputs);
        return took >= step.Timeout
            ? Errored($"{name} did not finish within {PlaybookDuration.Format(step.Timeout)}: {soFar}.", outputs)
            : new StepResult { Verdict = StepVerdict.Waiting, Message = soFar, Again = TimeSpan.Zero, Keep = progress.ToJson(), Progress = new StepProgress(progress.Done, step.Times) };
    }

    private static (string, object?)[] OutputsOf(ScenarioProgress progress) => [("runs", progress.Done), ("failures", progress.Failures)];

    private static string Times(int count) => count switch { 0 => "never", 1 => "once", _ => $"{count} times" };
}
