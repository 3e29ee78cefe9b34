using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>What slash commands show, in Slack's markup. Pure.</summary>
internal static class SlashTexts
{
    private const int MaximumRuns = 20;

    private const int MaximumLine = 300;

    public static string Help(string command) => $"""
        *Rollouts from here*
        `{command} runs` the rollouts that go on
        `{command} status [RUN]` where one stands, and what it waits for
        `{command} approve [RUN] [QUESTION] reason` or `reject`: answers what it asks
        `{command} hold [RUN] reason` stops it where it stands; `resume` lets it go on
        `{command} rollback [RUN] reason` undoes what it set, newest first
        `{command} retry [RUN] reason`, `ignore`, `promote`, `override`, `abort`: ways on, as its status names them
        `{command} handover [RUN] PERSON reason` makes another person the owner; `annotate [RUN] text` adds a remark
        `--surface NAME` in front of the reason of `rollback`, `hold`, `resume` or `retry` means that surface only
        RUN may be left out where one rollout has its thread in this channel, or only one goes on. Example: `{command} approve figures are fine`
        """;

    public static string Runs(IReadOnlyList<RunStatus> runs, SlashCall call)
    {
        if (runs.Count == 0) return $"No rollout goes on whose thread is in this channel, or whose people you ({SlackText.Escape(call.Sender.Identity.ToString())}) are one of.";
        var lines = runs.Take(MaximumRuns).Select(run => $"• `{SlackText.Escape(run.RunId)}` *{run.State}*{(run.Stage is { } stage ? $" in {SlackText.Escape(stage)}" : "")}: {Line(run.Because)}");
        return $"*Rollouts that go on*\n{string.Join('\n', lines)}{(runs.Count > MaximumRuns ? $"\n… and {runs.Count - MaximumRuns} more" : "")}";
    }

    public static string Status(RolloutDetails details)
    {
        var run = details.Run;
        var lines = new List<string>
        {
            $"*{SlackText.Escape(run.Title ?? run.Playbook)}* `{SlackText.Escape(run.RunId)}`",
            $"*{run.State}*{(run.Stage is { } stage ? $" in {SlackText.Escape(stage)} ({Position(run, stage)} of {run.Stages.Count})" : "")}: {Line(run.Because)}",
        };
        if (details.Soak is { Passed: false, StartedAt: not null } soak && SoakText.IsOfAnything(soak))
            lines.Add($"Soak: {string.Join("; ", Time(soak).Concat(SoakText.InFull(soak.Counts).Select(Line)))}{(soak.LastBreach is { } breach ? $"; last breach: {Line(breach)}" : "")}");
        foreach (var open in run.OpenApprovals)
            lines.Add($"Asked: *{SlackText.Escape(open.Name)}* {Line(open.Prompt)} ({open.Votes.Count(vote => vote.Approves)} of {open.Needed}; {(open.Electorate.Count == 0 ? "anyone" : string.Join(", ", open.Electorate.Select(SlackText.Escape)))})");
        lines.AddRange(run.Choices.Select(choice => $"• `{RunVerbs.Word(choice.Verb)}` {Line(choice.Does)}"));
        if (run.Owner is { } owner) lines.Add($"Owner: {SlackText.Escape(owner)}");
        if (run.Accepts.Count > 0) lines.Add($"It accepts {string.Join(", ", run.Accepts.Select(RunVerbs.Word))}.");
        return string.Join('\n', lines);
    }

    private static string Position(RunStatus run, string stage) => (run.Stages.TakeWhile(each => each.Name != stage).Count() + 1).ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Time(SoakStatus soak) =>
        soak.Needed > TimeSpan.Zero ? [$"{PlaybookDuration.Format(Whole(soak.Counted))} of {PlaybookDuration.Format(soak.Needed)} counted"] : [];

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds));

    private static string Line(string text) => SlackText.Cut(SlackText.Escape(text), MaximumLine);
}
