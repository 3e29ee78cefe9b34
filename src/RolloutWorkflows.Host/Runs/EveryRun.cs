using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Tells every run that has not ended the same. Each run decides for itself.</summary>
internal sealed class EveryRun(CommandSender sender, RunReader reader)
{
    /// <summary>How often runs are looked for again that began meanwhile.</summary>
    private const int Rounds = 3;

    /// <summary>Sends the command to all, each under an id that its own and the run's make, so that repeating it acts once on each.</summary>
    public async Task<EveryRunAnswer> TellAsync(RunCommand command, CancellationToken cancellation)
    {
        var answers = new Dictionary<string, OneRunAnswer>(StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            var found = (await reader.LiveAsync(cancellation)).Where(run => !answers.ContainsKey(run.RunId)).ToList();
            if (found.Count == 0) break;
            foreach (var answer in await Task.WhenAll(found.Select(run => TellOneAsync(run.RunId, command, cancellation)))) answers[answer.RunId] = answer;
        }

        return new EveryRunAnswer { CommandId = command.CommandId, Runs = [.. answers.Values.OrderBy(answer => answer.RunId, StringComparer.Ordinal)] };
    }

    private async Task<OneRunAnswer> TellOneAsync(string runId, RunCommand command, CancellationToken cancellation)
    {
        try
        {
            var entry = await sender.SendAsync(runId, command with { CommandId = $"{command.CommandId}/{runId}" }, cancellation);
            var accepted = entry?.Kind == RunLogKind.CommandAccepted;
            return await AnswerAsync(runId, accepted, entry?.Message ?? "The command is stored; the run has not answered yet.", cancellation);
        }
        catch (ProblemException ended)
        {
            return await AnswerAsync(runId, accepted: false, ended.Problem.Detail, cancellation);
        }
    }

    private async Task<OneRunAnswer> AnswerAsync(string runId, bool accepted, string message, CancellationToken cancellation)
    {
        var state = RunReader.StatusOf(await reader.RequireAsync(runId, cancellation)).State;
        return new OneRunAnswer { RunId = runId, Accepted = accepted, State = state, Message = message };
    }
}
