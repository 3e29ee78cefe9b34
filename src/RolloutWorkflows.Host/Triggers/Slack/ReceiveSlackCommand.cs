using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>POST /webhooks/slack/commands</c>: slash commands, signed by Slack. The answer is shown to whoever wrote it.</summary>
[Operation("Takes slash commands from Slack, which signs them.")]
internal sealed class ReceiveSlackCommand(SlackRequests requests, SlackInbox inbox) : HttpTrigger
{
    public override string Method => HttpMethods.Post;

    public override string Route => "webhooks/slack/commands";

    public override Permission Needs => Permission.Signed;

    public override string MediaType => Form;

    public override async Task RunAsync(HttpContext http)
    {
        var form = await requests.ReadAsync(http);
        var answer = await inbox.CommandAsync(form.Text, form.SentAt, http.RequestAborted);
        if (answer is not null) await AnswerAsync(http, answer);
    }
}
