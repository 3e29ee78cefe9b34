using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What is known of a request that was to be sent once; kept in its line of the journal.</summary>
/// <param name="Sent">Null: unknown, since it may be under way or unanswered. False: it surely did nothing. True: it was carried out.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Body">The answer's body, where it is kept.</param>
internal sealed record HttpSending(bool? Sent, int? Status = null, JsonElement? Body = null)
{
    public static HttpSending Of(EffectRecord effect) => effect.Intended.Deserialize<HttpSending>(JsonSerializerOptions.Web)!;

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, JsonSerializerOptions.Web);
}
