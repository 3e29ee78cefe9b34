using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What is known of a line that was to be appended; kept in its line of the journal.</summary>
/// <param name="File">The tracker file.</param>
/// <param name="Text">What the playbook says.</param>
/// <param name="Written">Null: unknown. False: it surely was not. True: it stands.</param>
internal sealed record CheckpointReport(string File, string Text, bool? Written = null)
{
    public static CheckpointReport Of(EffectRecord effect) => effect.Intended.Deserialize<CheckpointReport>(JsonSerializerOptions.Web)!;

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, JsonSerializerOptions.Web);
}
