using System.Text.Json.Nodes;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>The message that a run's thread begins with: how the run stands now. Pure.</summary>
/// <param name="run">The run.</param>
/// <param name="people">Its people.</param>
/// <param name="inForce">What the run has changed and not taken back.</param>
/// <param name="issue">The address of the run's place in its release issue; null where it has none.</param>
internal sealed class SlackHeader(ChannelRun run, SlackPeople people, IReadOnlyList<string> inForce, string? issue)
{
    private const int MostStages = 40;
    private const int MostInForce = 15;

    private RunStatus Status => run.Status;

    /// <summary>For notifications.</summary>
    public string Text => SlackText.Cut($"{SlackText.Escape(Title)}: {Word(Status.State)}{(Status.Stage is { } stage ? $", stage {SlackText.Escape(stage)}" : "")}", 300);

    public JsonArray Blocks => SlackBlocks.Message(
    [
        SlackBlocks.Section($"{Sign(Status.State)} *{SlackText.Escape(Title)}*\n*{Word(Status.State)}*: {SlackText.Escape(Status.Because)}"),
        .. SlackApprovalText.Paragraphs([.. Stages()]),
        .. SlackApprovalText.Paragraphs([.. Details()]),
        SlackBlocks.Context(string.Join(" · ", About())),
        .. Buttons(),
    ]);

    private string Title => Status.Title ?? Status.Playbook;

    private IEnumerable<string> Stages()
    {
        var shown = Status.Stages.Take(MostStages).Select(stage => $"{Sign(stage)} {SlackText.Escape(stage.Name)}{(stage.Title is { } title ? $", {SlackText.Escape(title)}" : "")}").ToList();
        var done = Status.Stages.Count(stage => stage.State is StageState.Promoted or StageState.TakenOver);
        yield return FormattableString.Invariant($"*{done} of {Status.Stages.Count} stages*");
        foreach (var stage in shown) yield return stage;
        if (Status.Stages.Count > MostStages) yield return FormattableString.Invariant($"… and {Status.Stages.Count - MostStages} more");
    }

    private IEnumerable<string> Details()
    {
        if (inForce.Count > 0)
            yield return $"*In force:* {string.Join("; ", inForce.Take(MostInForce).Select(SlackText.Escape))}{(inForce.Count > MostInForce ? FormattableString.Invariant($" and {inForce.Count - MostInForce} more") : "")}";
        if (run.Soak is { Passed: false, StartedAt: not null } soak) yield return Soak(soak);
        foreach (var open in Status.OpenApprovals)
            yield return $"*Waits for* {Waiting(open)}: {SlackText.Escape(open.Name)} of {SlackText.Escape(open.Stage)}, {open.Votes.Count(vote => vote.Approves)} of {open.Needed}{(open.Deadline is { } deadline ? $", until {SlackText.Date(deadline)}" : "")}";
        if (Status.OpenApprovals.Count == 0 && Status.State is RunState.Holding or RunState.RolledBack) yield return $"*Waits for* {(Owner is { } owner ? people.Mentions(people.PersonsOf(owner)) : "people")}";
        foreach (var choice in Status.Choices) yield return $"• `{choice.Verb.ToString().ToLowerInvariant()}` {SlackText.Escape(choice.Does)}";
        foreach (var drift in Status.Drift.Take(MostInForce)) yield return $":warning: {SlackText.Escape(drift.ToString())}";
    }

    private string Waiting(OpenApproval open) => open.Electorate.Where(person => open.Votes.All(vote => vote.Person != person)).ToList() is { Count: > 0 } missing ? people.Mentions(missing) : "anyone";

    private string Soak(SoakStatus soak)
    {
        var clock = new PlaybookClock { Anchor = Status.StartedAt.UtcDateTime, Compression = Math.Max(1, Status.TimeCompression) };
        var passes = soak.PassesAt is { } at ? $"passes {SlackText.Date(ToMinute(new DateTimeOffset(clock.ToReal(at), TimeSpan.Zero)))} if nothing breaches, " : "";
        var time = soak.Needed > TimeSpan.Zero || soak.Counts.Count == 0 ? [$"{passes}{IssueValues.Coarse(soak.Needed > soak.Counted ? soak.Needed - soak.Counted : TimeSpan.Zero)} of {PlaybookDuration.Format(soak.Needed)} to go"] : Array.Empty<string>();
        return $"*Soak of {SlackText.Escape(soak.Stage)}:* {string.Join("; ", time.Concat(SoakText.InFull(soak.Counts).Select(SlackText.Escape)))}{(soak.LastBreach is { } breach ? $"; last breach: {SlackText.Escape(breach)}" : "")}";
    }

    private IEnumerable<string> About()
    {
        if (Owner is { } owner) yield return $"Owner: {SlackText.Escape(owner)}";
        yield return $"Started by {SlackText.Escape(Status.StartedBy)}, {SlackText.Date(Status.StartedAt)}";
        if (Status.EndedAt is { } ended) yield return $"Ended {SlackText.Date(ended)}";
        if (issue is not null) yield return SlackText.Link(issue, "Release issue");
        if (Status.Supersedes is { } earlier) yield return $"Takes over from `{SlackText.Escape(earlier)}`";
        if (Status.SupersededBy is { } later) yield return $"Taken over by `{SlackText.Escape(later)}`";
        yield return $"`{SlackText.Escape(run.RunId)}`";
    }

    private IEnumerable<JsonObject> Buttons()
    {
        var value = new SlackButton(run.RunId).ToValue();
        var buttons = new List<JsonObject>();
        if (Status.Accepts.Contains(RunVerb.Hold)) buttons.Add(SlackBlocks.Button(SlackButton.Hold, "Hold", value));
        if (Status.Accepts.Contains(RunVerb.Rollback)) buttons.Add(SlackBlocks.Button(SlackButton.Rollback, "Roll back", value, "danger"));
        if (buttons.Count > 0) yield return SlackBlocks.Actions("rollout.run", buttons);
    }

    private string? Owner => Status.Owner;

    // A soak that counts on passes at the same moment; one that does not, later and later.
    private static DateTimeOffset ToMinute(DateTimeOffset at) => at.AddTicks(TimeSpan.TicksPerMinute - 1) is var up ? up.AddTicks(-(up.Ticks % TimeSpan.TicksPerMinute)) : at;

    private static string Sign(RunState state) => state switch
    {
        RunState.Succeeded => ":white_check_mark:",
        RunState.Aborted => ":black_square_for_stop:",
        RunState.Holding => ":double_vertical_bar:",
        RunState.RollingBack or RunState.RolledBack => ":rewind:",
        RunState.AwaitingApproval => ":ballot_box_with_ballot:",
        _ => ":arrow_forward:",
    };

    private static string Sign(StageStatus stage) => stage.State switch
    {
        StageState.Promoted or StageState.TakenOver => ":white_check_mark:",
        StageState.Open => ":arrow_forward:",
        StageState.RolledBack => ":rewind:",
        StageState.Stopped => ":black_square_for_stop:",
        _ => ":white_small_square:",
    };

    private static string Word(RunState state) => state switch
    {
        RunState.AwaitingApproval => "Awaiting approval",
        RunState.RollingBack => "Rolling back",
        RunState.RolledBack => "Rolled back",
        _ => state.ToString(),
    };
}
