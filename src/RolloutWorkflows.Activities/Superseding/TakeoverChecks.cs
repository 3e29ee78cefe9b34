using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Reads back the superseded run's effects, and looks for its captures.</summary>
internal sealed class TakeoverChecks(EffectReader effects, CaptureStore captures) : ITakeoverChecks
{
    public async Task<IReadOnlyList<string>> FindObstaclesAsync(SupersededRun earlier, CancellationToken cancellation = default)
    {
        var look = await effects.ReadAsync(earlier.RunId, int.MaxValue, cancellation);
        List<string> obstacles =
        [
            .. look.Drifted.Select(target => $"{target.Target} reads {target.Found}, and {earlier.RunId} left it at {target.Expected}; set it back, or begin with the first stage"),
            .. look.Unreadable.Select(target => $"{target}, so whether {earlier.RunId} still stands is not known; try again once it can be read"),
        ];
        foreach (var (capture, metric) in earlier.Captures)
        {
            if ((await captures.FindAsync(earlier.RunId, capture, metric, cancellation)).Kind == MetricReadingKind.Value) continue;
            obstacles.Add($"the baseline '{capture}' of {metric} is still compared with, and {earlier.RunId} has not captured it; begin with the stage that captures it");
        }

        return obstacles;
    }
}
