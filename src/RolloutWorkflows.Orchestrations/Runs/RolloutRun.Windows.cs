using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The windows of stages as the run sees them: by them the time of people runs or stands still.</summary>
internal sealed partial class RolloutRun
{
    /// <summary>When people opened closed windows, on the playbook's clock, by the attempt for which they did.</summary>
    private readonly List<(string Stage, int Attempt, DateTimeOffset At)> overrides = [];

    private StageWindows WindowsOf(Stage stage)
    {
        var attempt = AttemptOf(stage.Name);
        return overrides.Where(opened => opened.Stage == stage.Name && opened.Attempt == attempt)
            .Aggregate(new StageWindows(input, stage, attempt, clock), (windows, opened) => windows.Overridden(opened.At));
    }

    /// <summary>A window that somebody opened is open for deadlines as well, or a question in it could wait for ever.</summary>
    private void OpenWindow()
    {
        if (lastStage is { } stage) overrides.Add((stage.Name, AttemptOf(stage.Name), clock.ToPlaybook(context.CurrentUtcDateTime)));
    }
}
