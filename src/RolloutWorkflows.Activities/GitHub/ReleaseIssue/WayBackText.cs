using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>A stage's way back in one line: how far, what surrounds it, how long it may take, what stays. Pure.</summary>
internal static class WayBackText
{
    public static string Of(Stage stage, IssueView view)
    {
        var plan = view.Playbook.RollbackOf(stage);
        var parts = new List<string> { TargetOf(plan.To ?? RollbackTarget.StageStart) };
        if (plan.Before.Count > 0) parts.Add($"first {Steps(plan.Before)}");
        if (plan.Steps.Count > 0) parts.Add($"then {Steps(plan.Steps)}");
        if (plan.Verify.Count > 0) parts.Add($"verified by {Steps(plan.Verify)}");
        if (plan.Objective is { } objective) parts.Add($"within {PlaybookDuration.Format(objective)}");
        var stays = stage.Steps.Where(step => step.Irreversible).Select(step => IssueText.Code(step.Id)).ToList();
        if (stays.Count > 0) parts.Add($"{string.Join(", ", stays)} cannot be taken back");
        return $"↩️ Way back: {string.Join("; ", parts)}.";
    }

    private static string TargetOf(RollbackTarget target) => target.Kind switch
    {
        RollbackTargetKind.Start => "everything that this run changed, newest first",
        RollbackTargetKind.Stage => $"as when {IssueText.Inline(target.Stage)} was promoted",
        RollbackTargetKind.Percent => $"to {IssueText.Inline(target.ToString())}",
        _ => "what this stage changed, newest first",
    };

    private static string Steps(IReadOnlyList<Step> steps) => string.Join(", ", steps.Select(step => $"{IssueText.Code(step.Id)} ({IssueText.Inline(step.Uses)})"));
}
