using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>The lines of a stage's checklist, each one box. Pure.</summary>
/// <param name="view">The run.</param>
/// <param name="withMessages">False: without what steps said and what people gave as reasons.</param>
internal sealed class IssueLines(IssueView view, bool withMessages)
{
    /// <summary>A step or check that the machine carries out.</summary>
    public string Of(Stage stage, StageStatus status, Step step, string part)
    {
        var result = IsCurrent(status) ? status.Steps.FirstOrDefault(known => known.Part == part && known.StepId == step.Id) : null;
        var ticked = result?.Verdict is StepVerdict.Passed or StepVerdict.Skipped;
        var configured = withMessages ? IssueText.Inline(IssueValues.Of(step, view)) : "";
        var what = $"{Word(part)} {IssueText.Code(step.Id)} ({IssueText.Inline(step.Uses)}{(configured.Length > 0 ? $"; {configured}" : "")})";
        return Box(ticked, $"{what}{(result is null ? "" : $": {OutcomeOf(stage, status, step, result)}")}", IssueBox.OfStep(stage.Name, part, step.Id));
    }

    /// <summary>The soak, which is the machine's as well.</summary>
    public string OfSoak(Stage stage, StageStatus status, Soak soak)
    {
        var end = IsCurrent(status) ? view.Record.SoakEndOf(stage.Name, status.Attempt) : null;
        var what = $"Soak: {(soak.Count.Count == 0 ? $"{PlaybookDuration.Format(soak.For)}{(soak.Clean ? " of clean time" : "")}" : IssueText.Inline(SoakText.Rule(soak)))}, at most {PlaybookDuration.Format(soak.EffectiveAtMost)}";
        return Box(end is not null, end is null ? what : $"{what}: {IssueText.Inline(withMessages ? end : end.Split(':')[0])}", IssueBox.OfStep(stage.Name, "soak", "soak"));
    }

    /// <summary>A question to people: asked later, open or decided.</summary>
    public string Of(Stage stage, StageStatus status, IssueQuestion question)
    {
        var subject = question.Name == "owner" && question.Part is null ? "The owner's word" : question.Part is null ? $"Approval {IssueText.Code(question.Name)}" : IssueText.Code(question.Name);
        var what = question.Prompt.Length > 0 ? $"{subject}: {IssueText.Inline(question.Prompt)}" : subject;
        if (question.Box.IsForPeople && view.OpenOf(stage.Name, question.Name) is { } open) return Box(false, $"👤 {what} — {Waiting(open)}", question.Box);
        var decision = question.IsStart ? view.Record.StartOf(stage.Name)
            : IsCurrent(status) ? view.Record.DecisionOf(stage.Name, status.Attempt, question.Name)
            : null;
        var ticked = decision?.Approved == true;
        var outcome = decision is null ? $"will ask {Whom(question.Needed, question.Electorate)}" : DecisionText(decision);
        return Box(ticked, $"👤 {what} — {outcome}", question.Box);
    }

    /// <summary>A question that is open, wherever it comes from.</summary>
    public string OfOpen(OpenApproval open) =>
        Box(false, $"👤 {IssueText.Inline(open.Stage)}, {IssueText.Code(open.Name)}: {IssueText.Inline(open.Prompt, 200)} — {Waiting(open)}", IssueBox.OfQuestion(open.Stage, open.Name));

    /// <summary>The stage's own box.</summary>
    public string OfPromotion(Stage stage, StageStatus status) => Box(
        status.State is StageState.Promoted or StageState.TakenOver,
        $"**Promoted**{(stage.Milestone is { } milestone ? $": milestone {IssueText.Inline(milestone.Id)}" : "")}",
        IssueBox.OfStage(stage.Name));

    /// <summary>Who is asked and how many of them are needed.</summary>
    public static string Whom(int needed, IReadOnlyList<string> electorate) => electorate.Count == 0 ? "anyone"
        : needed >= electorate.Count && electorate.Count > 1 ? $"all of {Names(electorate)}"
        : electorate is [var alone] ? IssueText.Inline(alone)
        : FormattableString.Invariant($"{needed} of {Names(electorate)}");

    /// <summary>Names as they are shown, without calling anybody.</summary>
    public static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => IssueText.Inline(name)));

    private string OutcomeOf(Stage stage, StageStatus status, Step step, StepStatus result)
    {
        var word = result.Verdict switch
        {
            StepVerdict.Passed => "passed",
            StepVerdict.Failed => "**failed**",
            StepVerdict.Errored => "**errored**",
            StepVerdict.Skipped => "left out",
            _ => "waiting",
        };
        if (result.Verdict is StepVerdict.Failed or StepVerdict.Errored)
        {
            if (view.Record.IgnoredBy(stage.Name, status.Attempt, result.Part, result.StepId) is var (actor, reason))
                word += $", ignored by {IssueText.Inline(actor)}{(withMessages && reason is { Length: > 0 } ? $" ({IssueText.Inline(reason)})" : "")}";
            else if (step.ContinueOnError) word += ", and the playbook goes on";
        }

        return withMessages && result.Message.Length > 0 ? $"{word}, {IssueText.Inline(result.Message, 200)}" : word;
    }

    private string Waiting(OpenApproval open) => $"**asked**: {Whom(open.Needed, open.Electorate)}{VotesSoFar(open.Votes)}";

    private string VotesSoFar(IReadOnlyList<Vote> votes) => votes.Count == 0 ? "" : $"; so far {string.Join(", ", votes.Select(Said))}";

    private string DecisionText(IssueDecision decision)
    {
        var votes = decision.Votes.Where(vote => vote.Approves == decision.Approved).ToList();
        return decision.Approved switch
        {
            true => $"approved by {string.Join(", ", votes.Select(By))}, {IssueText.Time(decision.At)}",
            false => $"**rejected** by {string.Join(", ", votes.Select(By))}, {IssueText.Time(decision.At)}",
            _ => "**nobody decided in time**",
        };
    }

    private string Said(Vote vote) => $"{By(vote)}: {(vote.Approves ? "yes" : "no")}";

    private string By(Vote vote) => $"{IssueText.Inline(vote.Person)} ({IssueText.Inline(vote.Via)}{(withMessages && vote.Reason is { Length: > 0 } reason ? $", “{IssueText.Inline(reason)}”" : "")})";

    /// <summary>A stage that was rolled back begins again, so what it had does not count; one that was not opened yet has nothing.</summary>
    private static bool IsCurrent(StageStatus status) => status.State is StageState.Open or StageState.Promoted or StageState.Stopped;

    private static string Word(string part) => part switch
    {
        "preflight" => "Preflight",
        "ready" => "Ready",
        "steps" => "Step",
        "criteria" => "Criterion",
        "promotion" => "Promotion",
        _ => part,
    };

    private static string Box(bool ticked, string what, IssueBox box) => $"- [{(ticked ? 'x' : ' ')}] {what} {box.Tag}";
}
