using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>What a change to a target came to.</summary>
/// <param name="Before">The value found.</param>
/// <param name="Refusal">Why nothing was changed; null where it was, or where it stood so already.</param>
internal sealed record EffectWrite(JsonElement Before, string? Refusal = null);
