using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>Answers the run's questions with the keys of the people it asks: by itself with --yes, otherwise as whoever sits at the keyboard says.</summary>
internal sealed class DemoVoter(DemoCast cast, Terminal terminal, bool yes)
{
    /// <summary>On a busy machine a compressed day may pass without a measurement; a run that holds for that is tried again.</summary>
    private const int MaximumRetries = 10;

    private readonly DemoPeople people = cast.People;
    private int retries;

    /// <summary>What became of the starter's attempt to approve their own run: true where it was refused, null where none was asked.</summary>
    public bool? SelfApprovalRefused { get; private set; }

    /// <summary>
    /// Has one person answer one of the open questions. The next answer is for the next look at the run: a vote of
    /// the run's owner may have closed another question as well.
    /// </summary>
    public async Task AnswerAsync(RunStatus run, CancellationToken cancellation)
    {
        var approval = run.OpenApprovals[0];
        if (SelfApprovalRefused is null && approval.Electorate.Count > 0 && !approval.Electorate.Contains(people.StarterName)) await TrySelfApprovalAsync(run, approval, cancellation);
        var person = VoterOf(approval);
        var approves = yes || await AskAsync($"{approval.Prompt}\n  Answer as {person} ({approval.Votes.Count(vote => vote.Approves)} of {approval.Needed} so far)", cancellation);
        var answer = await people[person].CommandAsync(run.RunId, approves ? "approve" : "reject", new CommandRequest
        {
            ApprovalId = approval.ApprovalId,
            Reason = yes ? "the demo was started with --yes" : null,
            Via = "demo",
        }, cancellation);
        terminal.Note($"  {answer.Message}");
    }

    /// <summary>The run is stuck and people must choose.</summary>
    /// <exception cref="CommandFailedException">Nobody is there to choose.</exception>
    public async Task ChooseAsync(RunStatus run, CancellationToken cancellation)
    {
        if (yes)
        {
            await RetryAsync(run, cancellation);
            return;
        }

        var choices = run.Accepts.Where(verb => verb is RunVerb.Resume or RunVerb.Retry or RunVerb.Ignore or RunVerb.Rollback or RunVerb.Abort).Select(Words.Of).ToList();
        terminal.Err.Write($"The run is held: {run.Because}\n  {string.Join(", ", choices)}? ");
        var choice = await ReadAsync(cancellation);
        if (!choices.Contains(choice)) return;
        await people[cast.Captain].CommandAsync(run.RunId, choice, new CommandRequest { Reason = "chosen in the demo", Via = "demo" }, cancellation);
    }

    /// <summary>Somebody of the demo whom the question asks and who has not answered yet.</summary>
    private string VoterOf(OpenApproval approval) =>
        approval.Electorate.Count == 0 ? cast.Captain
        : approval.Electorate.FirstOrDefault(person => people.Has(person) && approval.Votes.All(vote => vote.Person != person))
        ?? throw new CommandFailedException(ExitCode.No, $"nobody of the demo may answer any more: {approval.Prompt}");

    /// <summary>Whoever started a run has no vote on it, and the demo shows that their own key does not help.</summary>
    private async Task TrySelfApprovalAsync(RunStatus run, OpenApproval approval, CancellationToken cancellation)
    {
        try
        {
            await people.Starter.CommandAsync(run.RunId, "approve", new CommandRequest { ApprovalId = approval.ApprovalId, Reason = "my own run", Via = "demo" }, cancellation);
            SelfApprovalRefused = false;
        }
        catch (ServerProblemException refused) when (refused.Problem.Code == "command-refused")
        {
            SelfApprovalRefused = true;
            terminal.Note($"  {people.StarterName} started the run and tries to approve it: refused.");
        }
    }

    private async Task RetryAsync(RunStatus run, CancellationToken cancellation)
    {
        var verb = run.Accepts.Contains(RunVerb.Retry) ? "retry" : "resume";
        if (!(run.Accepts.Contains(RunVerb.Retry) || run.Accepts.Contains(RunVerb.Resume)) || retries++ == MaximumRetries)
            throw new CommandFailedException(ExitCode.No, $"the run is held, which this demo does not expect: {run.Because}");
        terminal.Note($"  The run holds: {run.Because}. Trying again.");
        await Task.Delay(TimeSpan.FromMilliseconds(500), terminal.Time, cancellation);
        try
        {
            await people[cast.Captain].CommandAsync(run.RunId, verb, new CommandRequest { Reason = "the demo was started with --yes", Via = "demo" }, cancellation);
        }
        catch (ServerProblemException refused) when (refused.Problem.Code == "command-refused")
        {
            // A hold stops no guardrail: while somebody made up their mind, the run went back by itself.
            terminal.Note($"  {refused.Message}");
        }
    }

    private async Task<bool> AskAsync(string question, CancellationToken cancellation)
    {
        while (true)
        {
            terminal.Err.Write($"{question} [y/n] ");
            switch (await ReadAsync(cancellation))
            {
                case "y" or "yes": return true;
                case "n" or "no": return false;
            }
        }
    }

    /// <summary>A line from the keyboard. A console read cannot be interrupted, so it waits on a thread of its own that Ctrl-C leaves behind.</summary>
    private async Task<string> ReadAsync(CancellationToken cancellation)
    {
        var line = await Task.Run(terminal.In.ReadLine, cancellation).WaitAsync(cancellation);
        return line?.Trim().ToLowerInvariant() ?? throw NobodyThere();
    }

    private static CommandFailedException NobodyThere() =>
        new(ExitCode.Usage, "the demo asks and nobody answers: standard input has ended. Start it with --yes to have every question answered with yes.");
}
