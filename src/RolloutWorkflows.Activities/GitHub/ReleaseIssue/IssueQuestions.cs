using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Which questions a stage puts to people, and to whom. Pure; the run alone decides who is asked, this says what to expect.</summary>
internal sealed class IssueQuestions(IssueView view)
{
    private const string OwnersQuestion = "owner";

    private People People => view.Input.People;

    private string Starter => view.Input.StartedBy;

    /// <summary>True for a check whose answer is a person's word.</summary>
    public static bool IsAnsweredByPeople(Step step) => step.Uses is "manual/confirm" or "signoff";

    /// <summary>The owner's word before the first stage opens; null where nobody is asked for it.</summary>
    public IssueQuestion? Start(Stage stage)
    {
        if (stage.Name != FirstStage || view.Status.Owner is null || OwnersPersons().Contains(Starter)) return null;
        var box = view.StatusOf(stage).Attempt == 0 ? IssueBox.OfQuestion(stage.Name, OwnersQuestion) : IssueBox.OfStep(stage.Name, "start", OwnersQuestion);
        return new IssueQuestion { Name = OwnersQuestion, Box = box, Prompt = $"{Starter} started it; does its owner want it to begin?", Electorate = OwnersPersons(), IsStart = true };
    }

    /// <summary>The question of a confirmation or a sign-off.</summary>
    public IssueQuestion Of(Stage stage, Step step, string part)
    {
        var rule = RuleOf(step);
        return new IssueQuestion
        {
            Name = step.Id,
            Box = IssueBox.OfQuestion(stage.Name, step.Id),
            Prompt = step.With.TryGetValue("prompt", out var prompt) ? IssueValues.Text(prompt, view) : "",
            Electorate = ElectorateOf(rule),
            Needed = ApprovalDecision.Needed(rule, ElectorateOf(rule)),
            Part = part,
        };
    }

    /// <summary>The approvals before a stage's steps.</summary>
    public IEnumerable<IssueQuestion> Before(Stage stage)
    {
        if (stage.Name == view.Input.Supersedes?.FromStage && Takeover.Skipped(view.Playbook, stage.Name) is [.., var last])
        {
            foreach (var approval in last.Approvals.Where(approval => approval.When == ApprovalTiming.After)) yield return Of(stage, approval with { Name = $"{approval.Name} of {last.Name}" });
        }

        if (stage.Retry is { } retry && IsTriedAgain(stage)) yield return Of(stage, retry.Approval with { Name = $"retry of {stage.Name}" });
        foreach (var approval in stage.Approvals.Where(approval => approval.When == ApprovalTiming.Before)) yield return Of(stage, approval);
    }

    /// <summary>The approvals after its evidence, and the owner's word on its promotion where nobody else's answer is that already.</summary>
    public IEnumerable<IssueQuestion> After(Stage stage)
    {
        var own = stage.Approvals.Where(approval => approval.When == ApprovalTiming.After).ToList();
        foreach (var approval in own) yield return Of(stage, approval);
        if (view.Status.Owner is null || own.Any(IsOwnersWord)) yield break;
        var startIsOpen = stage.Name == FirstStage && Start(stage) is { Box.IsForPeople: true };
        yield return new IssueQuestion
        {
            Name = OwnersQuestion,
            // Both questions of the first stage have one name; a tick answers the one that comes first.
            Box = startIsOpen ? IssueBox.OfStep(stage.Name, "promotion", OwnersQuestion) : IssueBox.OfQuestion(stage.Name, OwnersQuestion),
            Prompt = "does the owner want it to go on?",
            Electorate = OwnersPersons(),
        };
    }

    private string FirstStage => view.Input.Supersedes?.FromStage ?? view.Stages[0].Name;

    private bool IsTriedAgain(Stage stage) =>
        view.StatusOf(stage) is { State: StageState.RolledBack } or { Attempt: > 1 } || view.Input.Supersedes?.RolledBack.Contains(stage.Name) == true;

    private IssueQuestion Of(Stage stage, Approval approval) => new()
    {
        Name = approval.Name,
        Box = IssueBox.OfQuestion(stage.Name, approval.Name),
        Electorate = ElectorateOf(approval),
        Needed = ApprovalDecision.Needed(approval, ElectorateOf(approval)),
    };

    private IReadOnlyList<string> ElectorateOf(Approval approval) => ApprovalDecision.Electorate(approval, People, Starter);

    private bool IsOwnersWord(Approval approval) => ElectorateOf(approval) is { Count: > 0 } electorate && electorate.All(OwnersPersons().Contains);

    /// <summary>After a handover the owner is a person, whatever group has the same name.</summary>
    private IReadOnlyList<string> OwnersPersons() => view.Status.Owner is not { } owner ? []
        : owner == view.Playbook.Owner && People.Groups.TryGetValue(owner, out var members) ? members
        : [owner];

    private Approval RuleOf(Step step)
    {
        var isSignoff = step.Uses == "signoff";
        var approvers = Read<List<Approver>>(step, isSignoff ? "by" : "approvers") ?? [];
        if (approvers.Count == 0 && !isSignoff) approvers = [.. OwnersPersons().Select(person => new Approver { Person = person })];
        var needed = step.With.TryGetValue("minApprovals", out var given) ? ApprovalCount.Read(given) : null;
        return new Approval
        {
            Name = step.Id,
            Approvers = approvers,
            MinApprovals = needed ?? (isSignoff ? ApprovalThreshold.All : ApprovalThreshold.One),
            PreventSelfApproval = !step.With.TryGetValue("preventSelfApproval", out var prevent) || prevent.ValueKind != JsonValueKind.False,
        };
    }

    private static T? Read<T>(Step step, string key) where T : class
    {
        if (!step.With.TryGetValue(key, out var given)) return null;
        try
        {
            return given.Deserialize<T>(PlaybookJson.Options);
        }
        catch (JsonException)
        {
            // Its shape is the validation's business.
            return null;
        }
    }
}
