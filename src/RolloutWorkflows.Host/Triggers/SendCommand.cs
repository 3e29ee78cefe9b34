using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Host;

/// <summary><c>POST /api/rollouts/{id}/commands/{command}</c>: tells a run something and answers with the run's own answer.</summary>
[Operation("Tells a run something, and brings its answer.", Takes = typeof(CommandRequest), Gives = typeof(CommandAnswer))]
internal sealed class SendCommand(CommandSender sender, RunReader reader) : HttpTrigger
{
    private static readonly Dictionary<string, RunVerb> Verbs = Enum.GetValues<RunVerb>().ToDictionary(RunVerbs.Word, StringComparer.Ordinal);

    public override string Method => HttpMethods.Post;

    public override string Route => "api/rollouts/{id}/commands/{command}";

    public override Permission Needs => Permission.Operate;

    public override async Task RunAsync(HttpContext http)
    {
        var word = RouteValue(http, "command");
        if (!Verbs.TryGetValue(word, out var verb))
            throw Problems.Of(404, "no-such-command", "There is no such command", $"'{word}' is not a command; expected one of {string.Join(", ", Verbs.Keys)}.", Suggestion.Nearest(word, Verbs.Keys) is { } near ? $"Did you mean '{near}'?" : "docs/http-api.md explains each.");
        var runId = RouteValue(http, "id");
        var command = sender.Seal(verb, await JsonBody.ReadAsync<CommandRequest>(http.Request), CallerOf(http));
        var answer = await sender.SendAsync(runId, command, http.RequestAborted);
        if (answer?.Kind is RunLogKind.CommandRefused or RunLogKind.Faulted) throw await RefusalAsync(runId, answer, http.RequestAborted);
        await AnswerAsync(http, new CommandAnswer
        {
            RunId = runId,
            CommandId = command.CommandId,
            Accepted = answer is not null,
            Message = answer?.Message ?? "The command is stored; the run has not answered yet. Its record will show the answer.",
        }, answer is null ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    private async Task<ProblemException> RefusalAsync(string runId, RunLogEntry answer, CancellationToken cancellation)
    {
        var run = (await reader.ReadAsync(runId, long.MaxValue, cancellation)).Run;
        return new ProblemException(new ApiProblem
        {
            Code = "command-refused",
            Title = "The run refuses the command",
            Status = StatusCodes.Status409Conflict,
            Detail = answer.Message,
            Remedy = "GET the run (`rollout status`) to see where it stands.",
            Accepts = [.. run.Accepts.Select(RunVerbs.Word)],
            OpenApprovals = [.. run.OpenApprovals.Select(approval => approval.ApprovalId)],
        });
    }
}
