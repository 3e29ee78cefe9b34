using System.Net.Http.Json;
using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Sends announcements to the audiences of a playbook.</summary>
internal sealed class Announcer(AnnouncementOptions options, OutboundHttp http)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Sends to one audience; null where it was taken, otherwise why not.</summary>
    public async Task<string?> SendAsync(Announcement announcement, Channels channels, CancellationToken cancellation)
    {
        if (!channels.Audiences.TryGetValue(announcement.Audience, out var audience)) return "the playbook has no such channel";
        if (audience.Webhook is not { } webhook) return "Slack is not connected";
        if (!options.Webhooks.TryGetValue(webhook, out var address)) return $"the host's configuration has no webhook '{webhook}'";

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(announcement, options: JsonSerializerOptions.Web) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", announcement.Id);
        try
        {
            var answer = await http.SendAsync(request, Timeout, maximumBytes: 1024, cancellation);
            return answer.IsSuccess ? null : $"the webhook answered {answer.Status}";
        }
        catch (OutboundException none)
        {
            return none.Message;
        }
    }
}
