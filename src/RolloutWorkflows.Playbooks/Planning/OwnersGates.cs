namespace RolloutWorkflows.Playbooks.Planning;

/// <summary>Where the owner of a playbook is asked, as far as it is known before a run. Pure.</summary>
internal static class OwnersGates
{
    /// <summary>Before the first stage; null where nobody is asked.</summary>
    public static string? AtStart(Playbook playbook, Stage stage) =>
        playbook.Owner is { } owner && ReferenceEquals(stage, playbook.Stages.First(each => playbook.NeedsOf(each).Count == 0))
            ? $"{owner} confirms the start, by starting it or by an answer"
            : null;

    /// <summary>At a promotion; null where one of the stage's own approvals is the owner's word.</summary>
    public static string? AtPromotion(Playbook playbook, Stage stage) =>
        playbook.Owner is { } owner && !stage.Approvals.Any(approval => approval.When == ApprovalTiming.After && IsTheOwners(approval, owner, playbook.People))
            ? $"{owner} confirms the promotion"
            : null;

    private static bool IsTheOwners(Approval approval, string owner, People? people) =>
        approval.Approvers.Count > 0 && approval.Approvers.All(approver => approver.Group == owner || approver.Person == owner || IsMember(approver, owner, people));

    private static bool IsMember(Approver approver, string owner, People? people) =>
        approver.Person is { } person && people?.Groups.TryGetValue(owner, out var members) == true && members.Contains(person);
}
