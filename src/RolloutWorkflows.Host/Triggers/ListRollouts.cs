using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /api/rollouts</c>: runs, newest first.</summary>
[Operation("Runs, newest first.", Gives = typeof(RolloutPage), Query = ["top", "playbook", "after", "live"])]
internal sealed class ListRollouts(RunReader reader) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "api/rollouts";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http)
    {
        var top = Query.Number(http.Request, "top", standard: 50, minimum: 1, maximum: 200);
        var playbook = Query.Text(http.Request, "playbook");
        var after = Query.Text(http.Request, "after");
        if (Query.Flag(http.Request, "live"))
        {
            var live = await reader.LiveAsync(http.RequestAborted);
            await AnswerAsync(http, new RolloutPage { Items = [.. live.Where(run => playbook is null || run.Playbook == playbook).Select(RunReader.Summarise)] });
            return;
        }

        try
        {
            await AnswerAsync(http, await reader.ListAsync(top, after, playbook, http.RequestAborted));
        }
        catch (ArgumentException) when (after is not null)
        {
            throw Problems.BadRequest($"?after= is '{after}', which no earlier page gave.", "Leave it out for the first page.");
        }
    }
}
