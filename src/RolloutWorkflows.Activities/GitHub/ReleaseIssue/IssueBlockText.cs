using System.Globalization;
using System.Text;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// A run's block: its checklist, stage by stage in the order in which they run. Pure. Nothing in it changes while no box
/// does, since rewriting a body can lose what people tick at that moment: how the run stands is in a comment.
/// </summary>
internal sealed class IssueBlockText
{
    private readonly StringBuilder text = new();
    private readonly IssueView view;
    private readonly IssueQuestions questions;
    private readonly IssueLines lines;
    private readonly IssueDetail detail;

    private IssueBlockText(IssueView view, IssueDetail detail)
    {
        this.view = view;
        this.detail = detail;
        questions = new IssueQuestions(view);
        lines = new IssueLines(view, detail == IssueDetail.Full);
    }

    /// <summary>The block with as much as fits; empty where not even a notice does.</summary>
    public static string Render(IssueView view, int room)
    {
        foreach (var detail in Enum.GetValues<IssueDetail>())
            if (Render(view, detail) is var block && block.Length <= room)
                return block;
        return "";
    }

    /// <summary>The block at that level of detail.</summary>
    public static string Render(IssueView view, IssueDetail detail)
    {
        var block = new IssueBlockText(view, detail);
        block.Write();
        return block.text.ToString();
    }

    /// <summary>What must change for the body to be written anew: boxes, who has voted, words that boxes cannot say.</summary>
    public static string Signature(IssueView view) => Render(view with { StatusAddress = null }, IssueDetail.WithoutMessages);

    private void Write()
    {
        text.Append(IssueTags.Begin(view.RunId)).Append('\n');
        Line($"## {IssueText.Inline(view.Title)}");
        Line();
        WriteIntroduction();
        if (detail == IssueDetail.OpenQuestions) WriteOpenQuestions();
        else if (detail != IssueDetail.Notice) foreach (var (number, stage) in view.Stages.Index()) WriteStage(number + 1, stage);
        if (view.Status.EndedAt is { } ended) Line($"**This run has ended: {view.Status.State}**, {IssueText.Time(ended)}.\n");
        text.Append(IssueTags.End(view.RunId));
    }

    private void WriteIntroduction()
    {
        var status = view.Status;
        Line($"Run {IssueText.Code(view.RunId)} of the playbook {IssueText.Code(view.Playbook.Name)}, started by {IssueText.Inline(status.StartedBy)}, {IssueText.Time(status.StartedAt)}."
            + (status.Owner is { } owner ? $" It is owned by {IssueText.Inline(owner)}." : "")
            + (status.Supersedes is { } earlier ? $" It takes over from {IssueText.Code(earlier)}." : "")
            + (status.SupersededBy is { } later ? $" {IssueText.Code(later)} has taken over from it." : ""));
        if (detail == IssueDetail.Full && view.Input.Reason is { Length: > 0 } reason) Line($"Why: {IssueText.Inline(reason)}");
        Line();
        Line("Boxes with 👤 are for people: a tick answers the question, in the name of whoever ticks. The others tick themselves. "
            + "What you write above or below this block stays; what you change in it does not."
            + (detail == IssueDetail.Full && view.StatusAddress is { } address ? $" How the run stands: <{address}>" : ""));
        Line();
        if (detail < IssueDetail.StagesInHand) return;
        Line("⚠️ This list is shortened, since the issue has no room for all of it. The whole run: "
            + $"{IssueText.Code($"rollout status {view.RunId}")}.");
        Line();
    }

    private void WriteOpenQuestions()
    {
        foreach (var open in view.Status.OpenApprovals) Line(lines.OfOpen(open));
        Line();
    }

    private void WriteStage(int number, Stage stage)
    {
        var status = view.StatusOf(stage);
        var title = stage.Title is { } given ? $": {IssueText.Inline(given)}" : "";
        Line(string.Create(CultureInfo.InvariantCulture, $"### {number}. {IssueText.Inline(stage.Name)}{title}"));
        Line();
        Line(string.Join(" · ", [StateOf(status), .. MilestoneOf(stage, status)]));
        Line();
        if (status.State != StageState.TakenOver && (detail != IssueDetail.StagesInHand || status.State is StageState.Open or StageState.RolledBack or StageState.Stopped)) WriteBoxes(stage, status);
        Line(lines.OfPromotion(stage, status));
        Line();
        if (detail == IssueDetail.StagesInHand) return;
        Line(WayBackText.Of(stage, view));
        Line();
    }

    private void WriteBoxes(Stage stage, StageStatus status)
    {
        if (questions.Start(stage) is { } start) Line(lines.Of(stage, status, start));
        WriteSteps(stage, status, view.Playbook.Preflight, "preflight");
        WriteSteps(stage, status, stage.Ready, "ready");
        foreach (var question in questions.Before(stage)) Line(lines.Of(stage, status, question));
        WriteSteps(stage, status, stage.Steps, "steps");
        if (stage.Soak is { } soak) Line(lines.OfSoak(stage, status, soak));
        WriteSteps(stage, status, stage.Criteria, "criteria");
        foreach (var question in questions.After(stage)) Line(lines.Of(stage, status, question));
        WriteSteps(stage, status, view.Playbook.Promotion, "promotion");
    }

    private void WriteSteps(Stage stage, StageStatus status, IReadOnlyList<Step> steps, string part)
    {
        foreach (var step in steps)
            Line(IssueQuestions.IsAnsweredByPeople(step) ? lines.Of(stage, status, questions.Of(stage, step, part)) : lines.Of(stage, status, step, part));
    }

    private string StateOf(StageStatus status) => status.State switch
    {
        StageState.Open when status.Attempt > 1 => string.Create(CultureInfo.InvariantCulture, $"**in hand**, attempt {status.Attempt}"),
        StageState.Open => "**in hand**",
        StageState.Promoted => $"promoted {EndOf(status)}",
        StageState.RolledBack => $"**rolled back** {EndOf(status)}; it begins again when it is tried again",
        StageState.Stopped => $"**stopped** {EndOf(status)}",
        StageState.TakenOver => $"taken over as promoted in {IssueText.Code(view.Status.Supersedes)}",
        _ => "ahead",
    };

    private static IEnumerable<string> MilestoneOf(Stage stage, StageStatus status)
    {
        if (stage.Milestone is not { } milestone) yield break;
        var reached = status.State is StageState.Promoted or StageState.TakenOver ? ", reached" : "";
        yield return $"🏁 Milestone {IssueText.Inline(milestone.Id)}{(milestone.Title is { } title ? $": {IssueText.Inline(title)}" : "")}{reached}";
    }

    private static string EndOf(StageStatus status) => status.EndedAt is { } ended ? IssueText.Time(ended) : "";

    private void Line(string line = "") => text.Append(line).Append('\n');
}
