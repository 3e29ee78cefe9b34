using System.Globalization;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// What the release issue shows of a run's record and its status does not tell: how questions were decided, what people
/// went past, how soaks ended. Takes the record's lines in their order, each once. Not thread-safe.
/// </summary>
internal sealed class IssueRecord
{
    private readonly Dictionary<(string Stage, int Attempt, string Name), IssueDecision> decisions = [];
    private readonly Dictionary<string, IssueDecision> starts = [];
    private readonly Dictionary<(string Stage, int Attempt, string Part, string Step), (string Actor, string? Reason)> ignored = [];
    private readonly Dictionary<(string Stage, int Attempt), string> soaks = [];
    private readonly Dictionary<string, int> attempts = [];
    private StepStatus? red;
    private RunLogEntry? ignoring;

    /// <summary>The position up to which the record was taken.</summary>
    public long Position { get; private set; }

    /// <summary>How a question of that name was decided in that attempt; null where it was not, or its approval does not count any more.</summary>
    public IssueDecision? DecisionOf(string stage, int attempt, string name) => decisions.GetValueOrDefault((stage, attempt, name));

    /// <summary>What the owner said before the stage opened; null: nothing yet.</summary>
    public IssueDecision? StartOf(string stage) => starts.GetValueOrDefault(stage);

    /// <summary>Who went on past a step that did not pass, and why; null: nobody.</summary>
    public (string Actor, string? Reason)? IgnoredBy(string stage, int attempt, string part, string step) =>
        ignored.TryGetValue((stage, attempt, part, step), out var by) ? by : null;

    /// <summary>How the soak of that attempt came to its end; null where it did not pass yet.</summary>
    public string? SoakEndOf(string stage, int attempt) => soaks.GetValueOrDefault((stage, attempt));

    public void Take(RunLogPage page)
    {
        foreach (var entry in page.Entries) Take(entry);
        Position = page.Position;
    }

    private void Take(RunLogEntry entry)
    {
        switch (entry.Kind)
        {
            case RunLogKind.StageOpened when entry is { Stage: { } stage, Attempt: { } attempt }:
                attempts[stage] = attempt;
                red = null;
                break;
            case RunLogKind.StepFinished or RunLogKind.CriteriaMeasured when entry.DataAs<StepStatus>() is { } step:
                red = step.Verdict is StepVerdict.Passed or StepVerdict.Skipped ? red : step;
                break;
            case RunLogKind.SoakStarted when KeyOf(entry) is { } key:
                soaks.Remove(key);
                break;
            case RunLogKind.SoakFinished when KeyOf(entry) is { } key && entry.Message.StartsWith("soaked for ", StringComparison.Ordinal):
                soaks[key] = "passed";
                break;
            case RunLogKind.CommandAccepted:
                TakeCommand(entry);
                break;
            case RunLogKind.DriftSettled:
                ignoring = null;
                break;
            case RunLogKind.Resumed:
                TakeIgnored(entry);
                break;
            case RunLogKind.ApprovalDecided:
                TakeDecision(entry);
                break;
            case RunLogKind.ApprovalVoided:
                TakeVoid(entry);
                break;
        }
    }

    private void TakeCommand(RunLogEntry entry)
    {
        var verb = entry.Data is { } data && data.TryGetProperty("verb", out var name) ? name.ToString() : "";
        ignoring = verb.Equals(nameof(RunVerb.Ignore), StringComparison.OrdinalIgnoreCase) ? entry : null;
        if (verb.Equals(nameof(RunVerb.Promote), StringComparison.OrdinalIgnoreCase) && entry.Stage is { } stage)
            soaks[(stage, AttemptOf(stage))] = $"ended by {entry.Actor}{(entry.Reason is { Length: > 0 } reason ? $": {reason}" : "")}";
    }

    /// <summary>People who ignore go on past what stood in the way last; where it was drift, the record says so before.</summary>
    private void TakeIgnored(RunLogEntry entry)
    {
        if (ignoring is { } by && red is { } step && entry.Stage is { } stage) ignored[(stage, AttemptOf(stage), step.Part, step.StepId)] = (by.Actor, by.Reason);
        ignoring = null;
    }

    private void TakeDecision(RunLogEntry entry)
    {
        if (entry.DataAs<OpenApproval>() is not { } open) return;
        bool? approved = entry.Message.StartsWith($"{open.Name}: approved", StringComparison.Ordinal) ? true
            : entry.Message.StartsWith($"{open.Name}: rejected", StringComparison.Ordinal) ? false
            : null;
        var (attempt, decision) = (AttemptIn(open.ApprovalId), new IssueDecision(open.ApprovalId, approved, open.Votes, entry.At));
        // Only the owner's word on the start is asked for before the attempt opens.
        if (attempts.GetValueOrDefault(open.Stage) < attempt) starts[open.Stage] = decision;
        else decisions[(open.Stage, attempt, open.Name)] = decision;
    }

    private void TakeVoid(RunLogEntry entry)
    {
        var id = entry.Data is { } data && data.TryGetProperty("approvalId", out var given) ? given.GetString() : null;
        foreach (var key in decisions.Where(pair => pair.Value.ApprovalId == id).Select(pair => pair.Key).ToList()) decisions.Remove(key);
    }

    private (string, int)? KeyOf(RunLogEntry entry) => entry.Stage is { } stage ? (stage, entry.Attempt ?? AttemptOf(stage)) : null;

    private int AttemptOf(string stage) => attempts.GetValueOrDefault(stage, 1);

    /// <summary>An approval's id is <c>run/stage/attempt/digest</c>.</summary>
    private static int AttemptIn(string approvalId) =>
        approvalId.Split('/') is [.., var attempt, _] && int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
}
