using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What is known of a command that was to be run once; kept in its line of the journal.</summary>
/// <param name="Started">False: it surely was not started. True: it was, or the server died in that moment.</param>
/// <param name="Number">Which try of the step it is, from 1.</param>
/// <param name="Call">The call that began this try: the same in all its deliveries.</param>
internal sealed record CommandTry(bool Started, int Number, string Call)
{
    public static CommandTry Of(EffectRecord effect) => effect.Intended.Deserialize<CommandTry>(JsonSerializerOptions.Web)!;

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, JsonSerializerOptions.Web);

    /// <summary>What tells the command from every other.</summary>
    public string KeyOf(EffectRecord effect) => $"{effect.EffectId}#{Number}";
}
