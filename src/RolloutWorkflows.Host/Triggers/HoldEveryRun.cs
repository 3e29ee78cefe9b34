using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary><c>POST /api/rollouts/commands/hold</c>: holds every run that has not ended, and lists each one's answer.</summary>
[Operation("Holds every run that has not ended.", Takes = typeof(CommandRequest), Gives = typeof(EveryRunAnswer))]
internal sealed class HoldEveryRun(CommandSender sender, EveryRun every) : HttpTrigger
{
    public override string Method => HttpMethods.Post;

    public override string Route => "api/rollouts/commands/hold";

    public override Permission Needs => Permission.Operate;

    public override async Task RunAsync(HttpContext http)
    {
        var command = sender.Seal(RunVerb.Hold, await JsonBody.ReadAsync<CommandRequest>(http.Request), CallerOf(http));
        await AnswerAsync(http, await every.TellAsync(command, http.RequestAborted));
    }
}
