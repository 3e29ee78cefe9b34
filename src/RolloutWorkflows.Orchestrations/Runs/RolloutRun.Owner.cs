using System.Security.Cryptography;
using System.Text;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The owner's word: before the first stage opens, at each promotion, and when it goes over to somebody else.</summary>
internal sealed partial class RolloutRun
{
    /// <summary>Questions of which the run's owner decides, whoever that is by then.</summary>
    private readonly HashSet<string> ownersQuestions = [];

    private Owner? owner;
    private bool ownerConfirmed;
    private string? startQuestion;
    private int startQuestions;

    /// <summary>The first stage opens once the owner has confirmed the start: by starting it, or by answering.</summary>
    public async Task HaveOwnerConfirmAsync(Stage stage)
    {
        ownerConfirmed |= owner is null || owner.Persons.Contains(input.StartedBy);
        while (!ownerConfirmed && !Interrupted)
        {
            await changed.Until(() => Interrupted || State != RunState.Holding);
            if (Interrupted) break;
            AskOwnerToStart(stage);
            Publish();
            await changed.Until(() => Interrupted || startQuestion is null);
        }

        if (startQuestion is null) return;
        startQuestion = null;
        CloseApprovals();
    }

    private void AskOwnerToStart(Stage stage)
    {
        var subject = FormattableString.Invariant($"{startQuestions++}/{input.PlaybookDigest}/{string.Join(",", input.Inputs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value.GetRawText()}"))}");
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));
        startQuestion = FormattableString.Invariant($"{input.RunId}/{stage.Name}/{AttemptOf(stage.Name) + 1}/{digest[..12]}");
        OpenApproval(stage, new ApprovalQuestion
        {
            ApprovalId = startQuestion,
            Approval = Owner.Confirmation,
            Prompt = $"{input.StartedBy} started {input.Playbook.Title ?? input.Playbook.Name}. Do you, as its owner, want it to begin with {stage.Name}?",
            OfOwner = true,
        });
    }

    private void TakeOwnersAnswer(ApprovalVerdict verdict, string by)
    {
        startQuestion = null;
        ownerConfirmed = verdict == ApprovalVerdict.Approved;
        if (!ownerConfirmed) Stick($"the owner does not want it to begin: {by} said no", [RunVerb.Retry]);
    }

    /// <summary>A promotion asks the owner nothing where one of the stage's own approvals is for the owner's people alone to give.</summary>
    private bool ConfirmsByItself(Stage stage, ApprovalQuestion question)
    {
        if (question.Approval.Name != Owner.Confirmation.Name || question.ApprovalId == startQuestion) return false;
        var covering = stage.Approvals.FirstOrDefault(approval => approval.When == ApprovalTiming.After
            && ApprovalDecision.Electorate(approval, input.People, input.StartedBy) is { Count: > 0 } electorate && electorate.All(owner!.Persons.Contains));
        if (covering is null) return false;
        context.SendEvent(openStageInstance!, OrchestrationNames.ControlEvent, new StageControl
        {
            Kind = StageControlKind.Answered,
            ApprovalId = question.ApprovalId,
            Verdict = ApprovalVerdict.Approved,
            By = $"whoever gives {covering.Name}",
        });
        return true;
    }

    /// <summary>One answer per person suffices: an approval of a promotion by a person of the owner is the owner's word as well.</summary>
    private void ConfirmByVote(OpenApproval approved, Vote vote)
    {
        if (ownersQuestions.Contains(approved.ApprovalId)) return;
        var confirmed = approvals.Values.FirstOrDefault(entry => entry.Open.Name == Owner.Confirmation.Name
            && ownersQuestions.Contains(entry.Open.ApprovalId) && entry.Open.Stage == approved.Stage && entry.Open.Electorate.Contains(vote.Person));
        if (confirmed.Open is not { } open) return;
        approvals[open.ApprovalId] = confirmed with { Open = open with { Votes = [.. open.Votes, vote] } };
        Decide(open.ApprovalId, ApprovalVerdict.Approved);
    }

    private string? RefusalOfHandover(RunCommand command)
    {
        if (!command.IsAdmin && !owner!.Persons.Contains(command.Actor))
            return $"only the owner ({Named(owner)}) or an admin hands over, and {command.Actor} is neither";
        if (command.To is not { Length: > 0 } to) return "it must name the person who becomes the owner";
        if (!input.People.Persons.ContainsKey(to))
            return $"'{to}' is none of the run's people{Suggestion.For(to, input.People.Persons.Keys)}; they are {string.Join(", ", input.People.Persons.Keys.Order(StringComparer.Ordinal))}";
        return owner!.Name == to && owner.Persons is [var alone] && alone == to ? $"{to} is the owner already" : null;
    }

    private void HandOver(RunCommand command, string reason)
    {
        var before = owner!;
        owner = Owner.Person(command.To!);
        var text = $"{command.Actor} handed {input.RunId} over from {before.Name} to {owner.Name}{reason}";
        log.Write(RunLogKind.OwnerChanged, text, lastStage?.Name, actor: command.Actor, reason: command.Reason, data: new { From = before.Name, To = owner.Name });
        NotifyPeople($"{text}. {owner.Name} answers for it from now on.", [owner.Name]);
        foreach (var id in ownersQuestions) AskTheNewOwner(id);
        HoldWithoutOwner();
    }

    private void AskTheNewOwner(string approvalId)
    {
        var entry = approvals[approvalId];
        var rule = entry.Rule with { Approvers = owner!.Approvers };
        var open = entry.Open with { Electorate = ApprovalDecision.Electorate(rule, input.People, input.StartedBy), Votes = [] };
        approvals[approvalId] = (open, rule, entry.Decided);
        log.Write(RunLogKind.ApprovalAsked, $"{open.Prompt} (asked from now on: {string.Join(", ", open.Electorate)})", open.Stage, data: open);
    }

    /// <summary>A question to an owner whom nobody speaks for would wait for ever in silence.</summary>
    private void HoldWithoutOwner()
    {
        if (Interrupted || WithoutOwner() is not { } why) return;
        HoldAll(why);
        CallForHold(why);
    }

    private string? WithoutOwner() => ownersQuestions.Any(id => approvals[id].Open.Electorate.Count == 0)
        ? $"it needs the word of its owner, and nobody may speak for {owner!.Name}; an admin can hand it over: handover"
        : null;

    private string? RefusalOfResume() => WithoutOwner();

    private static string Named(Owner owner) => owner.Persons is [var alone] && alone == owner.Name || owner.Persons.Count == 0
        ? owner.Name
        : $"{owner.Name}: {string.Join(", ", owner.Persons)}";
}
