using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>POST /webhooks/github</c>: takes what GitHub tells: comments, ticks, deployments that wait.</summary>
[Operation("Takes a webhook of GitHub, which GitHub signs.", Gives = typeof(DeliveryAnswer))]
internal sealed class ReceiveGitHub(GitHubRequests requests, GitHubIntake intake) : HttpTrigger
{
    public override string Method => HttpMethods.Post;

    public override string Route => "webhooks/github";

    public override Permission Needs => Permission.Signed;

    public override bool TakesForms => true;

    public override async Task RunAsync(HttpContext http)
    {
        var taken = await intake.TakeAsync(await requests.ReadAsync(http));
        await AnswerAsync(http, new DeliveryAnswer { Message = taken.Message }, taken.Concerns ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }
}
