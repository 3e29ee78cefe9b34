using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>Answers the run's questions for the people it asks: by itself with --yes, otherwise as whoever sits at the keyboard says.</summary>
internal sealed class DemoVoter(RolloutClient client, Terminal terminal, bool yes)
{
    /// <summary>On a busy machine a compressed day may pass without a measurement; a run that holds for that is tried again.</summary>
    private const int MaximumRetries = 10;

    private int retries;

    /// <summary>Answers everything that is open now, each question by as many people as it needs.</summary>
    public async Task AnswerAsync(RunStatus run, CancellationToken cancellation)
    {
        foreach (var approval in run.OpenApprovals)
        {
            var person = approval.Electorate.FirstOrDefault(person => approval.Votes.All(vote => vote.Person != person)) ?? "grace";
            var approves = yes || await AskAsync($"{approval.Prompt}\n  Answer as {person} ({approval.Votes.Count(vote => vote.Approves)} of {approval.Needed} so far)", cancellation);
            var answer = await client.CommandAsync(run.RunId, approves ? "approve" : "reject", new CommandRequest
            {
                Actor = person,
                ApprovalId = approval.ApprovalId,
                Reason = yes ? "the demo was started with --yes" : null,
                Via = "demo",
            }, cancellation);
            terminal.Note($"  {answer.Message}");
        }
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
        await client.CommandAsync(run.RunId, choice, new CommandRequest { Actor = "grace", Reason = "chosen in the demo", Via = "demo" }, cancellation);
    }

    private async Task RetryAsync(RunStatus run, CancellationToken cancellation)
    {
        if (!run.Accepts.Contains(RunVerb.Retry) || retries++ == MaximumRetries)
            throw new CommandFailedException(ExitCode.No, $"the run is held, which this demo does not expect: {run.Because}");
        terminal.Note($"  The run holds: {run.Because}. Trying again.");
        await Task.Delay(TimeSpan.FromMilliseconds(500), terminal.Time, cancellation);
        await client.CommandAsync(run.RunId, "retry", new CommandRequest { Actor = "grace", Reason = "the demo was started with --yes", Via = "demo" }, cancellation);
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
