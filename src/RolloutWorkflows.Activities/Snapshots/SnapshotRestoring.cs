using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What is known of a restore; kept in its line of the journal.</summary>
/// <param name="Snapshot">The snapshot that <c>last-signed</c> stood for when the step began.</param>
/// <param name="Root">Its root digest.</param>
/// <param name="Sent">False: the target surely was not asked yet. True: it was, or the server died in that moment.</param>
/// <param name="Number">Which try of the step it is, from 1.</param>
/// <param name="Call">The call that began this try: the same in all its deliveries.</param>
/// <param name="BeganAt">When it began, on the real clock.</param>
internal sealed record SnapshotRestoring(string Snapshot, string Root, bool Sent, int Number, string Call, DateTimeOffset BeganAt)
{
    public static SnapshotRestoring Of(EffectRecord effect) => effect.Intended.Deserialize<SnapshotRestoring>(JsonSerializerOptions.Web)!;

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, JsonSerializerOptions.Web);

    /// <summary>What tells this try from every other.</summary>
    public string KeyOf(EffectRecord effect) => $"{effect.EffectId}#{Number}";
}
