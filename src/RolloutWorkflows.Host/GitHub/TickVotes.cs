using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Makes votes of ticks. What does not count is said in the issue, once, and the box is put back by whoever keeps the block. Thread-safe.</summary>
internal sealed class TickVotes(IssueRuns runs, IChannelCommands commands, TimeProvider time)
{
    private enum Outcome
    {
        Counted,
        Refused,

        /// <summary>It is known already, or something newer is.</summary>
        Passed,
    }

    /// <summary>Takes what a person changed of people's boxes. Returns how many counted.</summary>
    public async Task<int> TakeAsync(IssueRun run, IReadOnlyList<IssueTick> ticks, BodyEdit edit)
    {
        var taken = await Task.WhenAll(ticks.Select(tick => TakeAsync(run, tick, edit)));
        var refusals = taken.Select(one => one.Why).OfType<string>().ToList();
        if (refusals.Count > 0)
        {
            var boxes = ticks.Zip(taken).Where(pair => pair.Second.Why is not null).Select(pair => $"{pair.First.Box} {pair.First.Ticked}").Order(StringComparer.Ordinal);
            await runs.TellAsync(run.RunId, IssueAnswers.OfTicks(run.RunId, $"{edit.Editor.Id}\n{string.Join('\n', boxes)}", refusals, time.GetUtcNow()));
        }

        return taken.Count(one => one.Outcome == Outcome.Counted);
    }

    private async Task<(Outcome Outcome, string? Why)> TakeAsync(IssueRun run, IssueTick tick, BodyEdit edit)
    {
        var memory = runs.MemoryOf(run.RunId);
        var key = $"tick:{tick.Box}";
        if (Seen(await memory.GetAsync(key)) is var (at, by) && (edit.At < at || (edit.At == at && by == edit.Editor.Id))) return (Outcome.Passed, null);
        if (run.Status.OpenApprovals.FirstOrDefault(approval => approval.Stage == tick.Box.Stage && approval.Name == tick.Box.Name) is not { } open)
            return (Outcome.Refused, $"{Who(edit)} {(tick.Ticked ? "ticked" : "unticked")} {tick.Box}, which is not asked now");
        var taken = tick.Ticked ? await VoteAsync(run, open, tick, edit) : (Outcome.Refused, Unticked(run, open, tick, edit));
        // After the effect: a crash in between has it taken again, under the same id.
        await memory.SetAsync(key, string.Create(CultureInfo.InvariantCulture, $"{edit.At:O} {edit.Editor.Id}"));
        return taken;
    }

    private async Task<(Outcome Outcome, string? Why)> VoteAsync(IssueRun run, OpenApproval open, IssueTick tick, BodyEdit edit)
    {
        if (edit.At < SpokenTime.SecondOf(open.AskedAt)) return (Outcome.Refused, $"{Who(edit)} ticked {tick.Box} before it was asked; tick it again");
        var said = new ChannelCommand
        {
            RunId = run.RunId,
            CommandId = IssueCommands.OfTick(open.ApprovalId, edit.Editor.Id),
            Verb = RunVerb.Approve,
            Identity = edit.Identity,
            Via = "tick",
            Reason = string.Create(CultureInfo.InvariantCulture, $"ticked {tick.Box} at {edit.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, revision {edit.Revision} of the issue's text"),
            ApprovalId = open.ApprovalId,
            SaidAt = edit.At,
            Patience = CommentCommands.Patience,
        };
        var answer = await commands.SendAsync(said);
        if (answer.Accepted == false)
        {
            await runs.TellAsync(run.RunId, IssueAnswers.OfTicks(run.RunId, said.CommandId, [answer.Message], time.GetUtcNow()));
            return (Outcome.Refused, null);
        }

        return await OutvotedAsync(run, open, answer.Person) ? (Outcome.Refused, $"{Who(edit)} answered {tick.Box} otherwise since ticking it the first time; write `/approve {open.Name}` to change that") : (Outcome.Counted, null);
    }

    /// <summary>A box is answered by ticking it once; whoever rejected afterwards by another way is not brought back by the same tick.</summary>
    private async Task<bool> OutvotedAsync(IssueRun run, OpenApproval open, string? person) =>
        open.Votes.Any(vote => vote.Person == person && !vote.Approves)
        && await runs.FindAsync(run.RunId) is { } now
        && now.Status.OpenApprovals.Any(approval => approval.ApprovalId == open.ApprovalId && approval.Votes.Any(vote => vote.Person == person && !vote.Approves));

    private static string Unticked(IssueRun run, OpenApproval open, IssueTick tick, BodyEdit edit)
    {
        var person = edit.Identity.PersonIn(run.Input.People);
        return open.Votes.Any(vote => vote.Person == person && vote.Approves)
            ? $"{Who(edit)} unticked {tick.Box}: an answer is not taken back by unticking; until it is decided, write `/reject {open.Name} reason` to change it"
            : $"{Who(edit)} unticked {tick.Box}, which changes nothing; to say no, write `/reject {open.Name} reason`";
    }

    private static string Who(BodyEdit edit) => edit.Identity.ToString();

    private static (DateTimeOffset At, long By)? Seen(string? text) =>
        text?.Split(' ') is [var at, var by] && DateTimeOffset.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) && long.TryParse(by, NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            ? (moment, user) : null;
}
