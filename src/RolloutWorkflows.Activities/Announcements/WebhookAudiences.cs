using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Tells audiences that are webhooks, by a POST with a JSON body and an <c>Idempotency-Key</c>.</summary>
internal sealed class WebhookAudiences(AnnouncementOptions options, OutboundHttp http, TimeProvider time) : IAudienceChannel
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public string Kind => "webhook";

    public string? PlaceOf(Audience audience) => audience.Webhook;

    public string? ObstacleTo(string place) => options.Webhooks.ContainsKey(place) ? null : $"the host's configuration has no webhook '{place}'";

    public async Task<Delivery> DeliverAsync(string place, ChannelMessage message, CancellationToken cancellation)
    {
        if (!options.Webhooks.TryGetValue(place, out var address)) return Delivery.Later($"the host's configuration has no webhook '{place}'");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(message.Content, options: JsonSerializerOptions.Web) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", message.MessageId);
        var answer = await http.SendAsync(request, Timeout, maximumBytes: 1024, cancellation);
        var problem = $"the webhook answered {answer.Status}";
        return answer.IsSuccess ? Delivery.Done()
            : answer.Status is >= 500 or 408 or 425 or 429 ? Delivery.Later(problem, RetryAfter(answer))
            : Delivery.Refused(problem);
    }

    private TimeSpan? RetryAfter(OutboundAnswer answer) =>
        !answer.Headers.TryGetValue("Retry-After", out var text) || !RetryConditionHeaderValue.TryParse(text, out var after) ? null
        : after.Delta ?? (after.Date - time.GetUtcNow());
}
