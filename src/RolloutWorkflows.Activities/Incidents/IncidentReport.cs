using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What is known of an incident that was to be opened; kept in its line of the journal.</summary>
/// <param name="Tag">The same for every incident of one run, stage and title.</param>
/// <param name="Sent">Null: unknown, since it may be under way or unanswered. False: it surely was not. True: it stands.</param>
/// <param name="Repository">owner/name.</param>
/// <param name="Number">The issue.</param>
/// <param name="Url">Its page.</param>
internal sealed record IncidentReport(string Tag, bool? Sent, string Repository, int? Number = null, string? Url = null)
{
    public static IncidentReport Of(EffectRecord effect) => effect.Intended.Deserialize<IncidentReport>(JsonSerializerOptions.Web)!;

    /// <summary>The hidden tag of all incidents of one run, stage and title.</summary>
    public static string TagOf(StepRequest request, string title) => Digest($"{request.RunId}/{request.Stage}/{title}");

    /// <summary>The hidden tag of one opening, equal however often it is tried.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..24];

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, JsonSerializerOptions.Web);
}
