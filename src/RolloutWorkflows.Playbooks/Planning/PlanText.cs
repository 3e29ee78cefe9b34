using System.Globalization;
using System.Text;

namespace RolloutWorkflows.Playbooks;

/// <summary>Writes a plan as plain text: UTC times, one line per gate. Ends with a line break.</summary>
public static class PlanText
{
    public static string Render(PlaybookPlan plan)
    {
        var text = new StringBuilder();
        Line(text, 0, $"{plan.Title ?? plan.Playbook} ({plan.Playbook}), started {Time(plan.StartAt)} UTC");
        Line(text, 0, $"ends {Range(plan.EarliestEnd, plan.LatestEnd)}");
        foreach (var note in plan.Notes) Line(text, 0, $"note: {note}");
        Guardrails(text, 0, plan.Guardrails);
        foreach (var stage in plan.Stages) Stage(text, stage);
        if (plan.Irreversible.Count > 0)
        {
            text.Append('\n');
            Line(text, 0, "no rollback takes back:");
            foreach (var effect in plan.Irreversible) Line(text, 1, effect);
        }

        return text.ToString();
    }

    private static void Stage(StringBuilder text, PlannedStage stage)
    {
        text.Append('\n');
        Line(text, 0, $"{stage.Name}{(stage.Title is { } title ? $": {title}" : "")}{OwnedBy(stage.Owners)}{(stage.Milestone is { } milestone ? $" (milestone {milestone.Id}{(milestone.Title is { } name ? $": {name}" : "")})" : "")}");
        foreach (var gate in stage.Gates) Line(text, 1, $"{Range(gate.Earliest, gate.Latest),-41} {Name(gate.Kind)}: {gate.Description}{OwnedBy(gate.Owners)}");
        Guardrails(text, 1, stage.Guardrails);
        Rollback(text, stage.Rollback);
    }

    private static void Guardrails(StringBuilder text, int depth, IReadOnlyList<PlannedGuardrail> guardrails)
    {
        foreach (var guardrail in guardrails)
        {
            var does = guardrail.OnlyWarns ? $"a warning, then {Name(guardrail.Reaction)}" : Name(guardrail.Reaction);
            Line(text, depth, $"guardrail {guardrail.Name}: every {PlaybookDuration.Format(guardrail.Interval)}, at worst {PlaybookDuration.Format(guardrail.WorstDetection)} until {does}{OwnedBy(guardrail.Owners)}");
        }
    }

    /// <summary>The way back of a stage, a line for each thing that it does, in their order.</summary>
    public static IReadOnlyList<string> WayBack(PlannedRollback rollback) =>
    [
        $"rollback {(rollback.Surface is { } surface ? $"of {surface} alone " : "")}to {rollback.To}{(rollback.Objective is { } objective ? $" within {PlaybookDuration.Format(objective)}" : "")}{OwnedBy(rollback.Owners)}",
        .. rollback.Before.Select(step => $"first {step}"),
        .. rollback.Compensation.Select(undo => $"undo {undo}"),
        .. rollback.LeftInPlace.Select(effect => $"left in place {effect}"),
        .. rollback.Steps.Select(step => $"then {step}"),
        .. rollback.Verify.Select(check => $"verify {check}"),
    ];

    private static void Rollback(StringBuilder text, PlannedRollback rollback)
    {
        foreach (var (index, line) in WayBack(rollback).Index()) Line(text, index == 0 ? 1 : 2, line);
    }

    private static string OwnedBy(IReadOnlyList<string> owners) => owners.Count == 0 ? "" : $" [owned by {string.Join("; ", owners)}]";

    private static string Range(DateTimeOffset? earliest, DateTimeOffset? latest)
    {
        if (earliest is not { } first) return "never: a window does not open";
        if (latest is not { } last) return $"{Time(first)} or later, no limit";
        return first == last ? Time(first) : $"{Time(first)} to {Time(last)}";
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Name<T>(T value)
        where T : struct, Enum => value switch
        {
            GateKind.ApprovalBefore => "approval before",
            _ => value.ToString().ToLowerInvariant(),
        };

    private static void Line(StringBuilder text, int depth, string line) => text.Append(' ', depth * 2).Append(line).Append('\n');
}
