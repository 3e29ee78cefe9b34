using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Who may vote and what the votes come to. Pure.</summary>
public static class ApprovalDecision
{
    /// <summary>
    /// The distinct persons behind all approvers, ordered by name, less the starter where self-approval is
    /// prevented. Empty where the question names no approvers: then anyone may answer.
    /// </summary>
    public static IReadOnlyList<string> Electorate(Approval approval, People people, string starter) =>
        [.. approval.Approvers.SelectMany(approver => PersonsOf(approver, people)).Distinct(StringComparer.Ordinal)
            .Where(person => !approval.PreventSelfApproval || person != starter).Order(StringComparer.Ordinal)];

    /// <summary>How many must approve.</summary>
    public static int Needed(Approval approval, IReadOnlyList<string> electorate) =>
        approval.Approvers.Count == 0 ? 1 : approval.MinApprovals.NeededOf(electorate.Count);

    /// <summary>Why the approval can never be given, or null where it can.</summary>
    public static string? Impossible(Approval approval, People people, string starter)
    {
        if (approval.Approvers.Count == 0) return null;
        var electorate = Electorate(approval, people, starter);
        var needed = Needed(approval, electorate);
        if (electorate.Count == 0 || needed > electorate.Count)
        {
            return $"it needs {needed} approval(s) and {electorate.Count} person(s) may vote ({Listed(electorate)}; {starter} started the run)";
        }

        var missing = approval.Approvers.FirstOrDefault(approver => approver.Required && !PersonsOf(approver, people).Any(electorate.Contains));
        return missing is null ? null : $"{missing.Group ?? missing.Person} is required and nobody of it may vote";
    }

    /// <summary>
    /// What the votes come to. One reject ends a count and <c>all</c>; a fraction ends when it can no longer be
    /// reached. Required persons and groups must be among those who approve. Of several votes of one person the last counts.
    /// </summary>
    public static ApprovalVerdict Decide(Approval approval, People people, IReadOnlyList<string> electorate, IReadOnlyList<Vote> votes)
    {
        var last = votes.GroupBy(vote => vote.Person, StringComparer.Ordinal).Select(ofOne => ofOne.Last()).ToList();
        var approving = last.Where(vote => vote.Approves).Select(vote => vote.Person).ToHashSet(StringComparer.Ordinal);
        var rejecting = last.Where(vote => !vote.Approves).Select(vote => vote.Person).ToHashSet(StringComparer.Ordinal);
        var needed = Needed(approval, electorate);
        var required = approval.Approvers.Where(approver => approver.Required).Select(approver => PersonsOf(approver, people).Where(electorate.Contains).ToList()).ToList();

        var isFraction = approval.MinApprovals.IsShare && approval.MinApprovals.Numerator != approval.MinApprovals.Denominator;
        var isOutOfReach = electorate.Count - rejecting.Count < needed || required.Exists(group => group.All(rejecting.Contains));
        if (rejecting.Count > 0 && (!isFraction || isOutOfReach)) return ApprovalVerdict.Rejected;
        return approving.Count >= needed && required.TrueForAll(group => group.Exists(approving.Contains)) ? ApprovalVerdict.Approved : ApprovalVerdict.Open;
    }

    private static IEnumerable<string> PersonsOf(Approver approver, People people) =>
        approver.Person is { } person ? [person]
        : approver.Group is { } group && people.Groups.TryGetValue(group, out var members) ? members
        : [];

    private static string Listed(IReadOnlyList<string> persons) => persons.Count == 0 ? "nobody" : string.Join(", ", persons);
}
