using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>What a playbook configures, as far as it is known before a step runs. Pure.</summary>
internal static class IssueValues
{
    private const int MostCharacters = 160;

    /// <summary>A value with the run's inputs filled in; as it is written where it needs more than those.</summary>
    public static string Text(JsonElement value, IssueView view)
    {
        try
        {
            return ExpressionResolver.Resolve(value, new ExpressionScope { Inputs = view.Input.Inputs }).ToString();
        }
        catch (ExpressionException)
        {
            return value.ToString();
        }
    }

    /// <summary>A step's configuration in one short line.</summary>
    public static string Of(Step step, IssueView view) =>
        IssueText.OneLine(string.Join(", ", step.With.Select(pair => $"{pair.Key}: {Text(pair.Value, view)}")), MostCharacters);

    /// <summary>A span as people read it, coarse enough not to change all the time: whole hours, and tens of minutes below three.</summary>
    public static string Coarse(TimeSpan span)
    {
        var grain = span >= TimeSpan.FromHours(3) ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(10);
        return PlaybookDuration.Format(TimeSpan.FromTicks((span.Ticks + grain.Ticks - 1) / grain.Ticks * grain.Ticks));
    }
}
