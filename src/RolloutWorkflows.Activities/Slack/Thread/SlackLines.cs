using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What of a run's record its thread tells. Pure.</summary>
/// <param name="run">The run.</param>
/// <param name="people">Its people.</param>
internal sealed class SlackLines(ChannelRun run, SlackPeople people)
{
    /// <summary>What a line of the record becomes; null for most lines.</summary>
    public SlackContent? Of(RunLogEntry entry) => entry.Kind switch
    {
        RunLogKind.StagePromoted => Reply(Promoted(entry)),
        RunLogKind.Held => AtOnce(Held(entry)),
        RunLogKind.Resumed => Reply($":arrow_forward: It goes on: {Said(entry)}"),
        RunLogKind.ApprovalAsked when entry.DataAs<OpenApproval>() is { } open => new SlackContent { Asks = open, AtOnce = true },
        RunLogKind.ApprovalDecided => Decided(entry),
        RunLogKind.ApprovalVoided => Voided(entry),
        RunLogKind.RollbackStarted => AtOnce([$":rewind: *{Sentence(entry.Message)}*", $"By {SlackText.Escape(entry.Actor)}, {SlackText.Date(entry.At)}."]),
        RunLogKind.RollbackFinished => AtOnce([$":rewind: *{Sentence(entry.Message)}*", .. Choices(RunState.RolledBack)]),
        RunLogKind.StepFinished when entry.DataAs<StepStatus>() is { Uses: "incident/open", Verdict: StepVerdict.Passed } step => Reply($":rotating_light: *Incident:* {SlackText.Escape(step.Message)}"),
        RunLogKind.DriftFound => Reply($":warning: *Drift:* {Said(entry)}"),
        RunLogKind.DriftGone => Reply($":warning: {Sentence(entry.Message)}"),
        RunLogKind.DriftSettled => Reply($":warning: {Said(entry)}"),
        RunLogKind.GlassBroken => Reply($":warning: *Changed by hand:* {Said(entry)}"),
        RunLogKind.DocumentAttached => Reply($":paperclip: {Said(entry)}"),
        RunLogKind.Superseded => Reply($":information_source: {Sentence(entry.Message)}"),
        RunLogKind.Announced => Announced(entry),
        RunLogKind.ApprovalReminded when entry.DataAs<OpenApproval>() is { } open => AtOnce([$":bell: {Whom(Silent(open))}{SlackText.Escape(entry.Message)}"]),
        RunLogKind.ApprovalEscalated when entry.DataAs<OpenApproval>() is { } open => AtOnce([$":rotating_light: {Whom([.. open.EscalatesTo.SelectMany(people.PersonsOf)])}{SlackText.Escape(entry.Message)}"]),
        RunLogKind.Ended => Reply($"{(entry.DataAs<RunEnd>()?.State == RunState.Succeeded ? ":checkered_flag:" : ":black_square_for_stop:")} *The rollout has ended.* {SlackText.Escape(entry.Message)}"),
        _ => null,
    };

    private static SlackContent Reply(string line) => new() { Lines = [line] };

    private static SlackContent AtOnce(IReadOnlyList<string> lines) => new() { Lines = lines, AtOnce = true };

    private string Promoted(RunLogEntry entry)
    {
        var stages = StageOrder.Of(run.Input.Playbook);
        var index = stages.ToList().FindIndex(stage => stage.Name == entry.Stage);
        var milestone = index >= 0 && stages[index].Milestone is { } reached ? $" :checkered_flag: Milestone {SlackText.Escape(reached.Id)}{(reached.Title is { } title ? $": {SlackText.Escape(title)}" : "")} is reached." : "";
        var next = index >= 0 && index + 1 < stages.Count ? $"Next: {SlackText.Escape(stages[index + 1].Name)}." : "It was the last stage.";
        return $":white_check_mark: *{SlackText.Escape(entry.Stage)} is promoted.*{milestone} {next}";
    }

    private List<string> Held(RunLogEntry entry) =>
        // A rollback that is in trouble writes such a line too; it goes on by itself.
        entry.Message.StartsWith("the way back", StringComparison.Ordinal)
            ? [$":warning: *The rollback is blocked.* {Sentence(entry.Message)}{Owner(" ")}"]
            : [$":double_vertical_bar: *The rollout holds:* {SlackText.Escape(entry.Message)}{Owner(" ")}", .. Choices(RunState.Holding)];

    private static SlackContent Decided(RunLogEntry entry)
    {
        if (entry.DataAs<OpenApproval>() is not { } open) return Reply($":ballot_box_with_ballot: {Sentence(entry.Message)}");
        var (sign, outcome) = entry.Message[(entry.Message.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart() switch
        {
            var said when said.StartsWith("approved", StringComparison.Ordinal) => (":white_check_mark:", $"*approved* by {By(open, approves: true)}"),
            var said when said.StartsWith("rejected", StringComparison.Ordinal) => (":x:", $"*rejected* by {By(open, approves: false)}"),
            var said => (":hourglass:", SlackText.Escape(said)),
        };
        var count = FormattableString.Invariant($"{open.Votes.Count(vote => vote.Approves)} of {open.Needed}");
        return new SlackContent
        {
            Lines = [$"{sign} {SlackText.Escape(open.Stage)}, {SlackText.Escape(open.Name)}: {outcome} ({count})"],
            Closes = new SlackClosing(open.ApprovalId, $"{sign} {outcome} ({count})", entry.At, open),
        };
    }

    private static SlackContent Voided(RunLogEntry entry)
    {
        var id = entry.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("approvalId", out var given) ? given.GetString() : null;
        var line = $":wastebasket: {Sentence(entry.Message)}";
        return new SlackContent { Lines = [line], Closes = id is null ? null : new SlackClosing(id, $":wastebasket: void. {Sentence(entry.Message)}", entry.At, entry.DataAs<OpenApproval>()) };
    }

    private SlackContent? Announced(RunLogEntry entry)
    {
        if (entry.DataAs<ToldPeople>() is not { } told) return Reply($":mega: {SlackText.Escape(entry.Message)}");
        IReadOnlyList<string> persons = told.Persons.Count > 0 ? told.Persons : told.IsReminder ? Awaited() : [];
        if (told.HasOwnLine && !told.IsReminder && told.Persons.Count == 0) return null;
        return new SlackContent { Lines = [$"{(told.IsReminder ? ":bell:" : ":mega:")} {Whom(persons)}{SlackText.Escape(told.Text)}"], AtOnce = told.IsReminder || (told.HasOwnLine && persons.Count > 0) };
    }

    /// <summary>Whom the run waits for: those who have not answered, otherwise its owner.</summary>
    private IReadOnlyList<string> Awaited()
    {
        var asked = run.Status.OpenApprovals.SelectMany(Silent).Distinct(StringComparer.Ordinal).ToList();
        return asked.Count > 0 ? asked : people.PersonsOf(run.Status.Owner);
    }

    private string Whom(IReadOnlyList<string> persons) => persons.Count > 0 ? $"{people.Mentions(persons)}: " : "";

    private static List<string> Silent(OpenApproval open) => [.. open.Electorate.Where(person => open.Votes.All(vote => vote.Person != person))];

    private string Owner(string before) => run.Status.Owner is { } owner && people.PersonsOf(owner) is { Count: > 0 } persons ? $"{before}({people.Mentions(persons)})" : "";

    private IEnumerable<string> Choices(RunState where) => run.Status.State != where ? [] : run.Status.Choices.Select(choice => $"• `{choice.Verb.ToString().ToLowerInvariant()}` {SlackText.Escape(choice.Does)}");

    private static string By(OpenApproval open, bool approves) => string.Join(", ", open.Votes.Where(vote => vote.Approves == approves).Select(vote => SlackText.Escape(vote.Person)));

    private static string Said(RunLogEntry entry) => $"{Sentence(entry.Message)}{(entry.Reason is { Length: > 0 } reason ? $" (“{SlackText.Escape(reason)}”)" : "")}";

    private static string Sentence(string text) => SlackText.Escape(text) is { Length: > 0 } shown ? char.ToUpperInvariant(shown[0]) + shown[1..] : "";
}
