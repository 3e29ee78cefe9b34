using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>POST /webhooks/slack/interactions</c>: clicks on buttons and dialogs that were sent off, signed by Slack.</summary>
[Operation("Takes clicks and dialogs from Slack, which signs them.")]
internal sealed class ReceiveSlackInteraction(SlackRequests requests, SlackInbox inbox) : HttpTrigger
{
    public override string Method => HttpMethods.Post;

    public override string Route => "webhooks/slack/interactions";

    public override Permission Needs => Permission.Signed;

    public override string MediaType => Form;

    public override async Task RunAsync(HttpContext http)
    {
        var form = await requests.ReadAsync(http);
        var answer = await inbox.InteractionAsync(form);
        if (answer is not null) await AnswerAsync(http, answer);
    }
}
