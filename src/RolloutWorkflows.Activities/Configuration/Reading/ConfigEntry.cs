using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>One value of a configuration.</summary>
/// <param name="Key">Its path as TOML writes it, such as <c>rollout.feature_gates.witness_network</c> or <c>peers[0].address</c>.</param>
/// <param name="Value">What it means: a text, number, boolean, null, or a list of them. Dates are texts.</param>
/// <param name="Written">How it is written in the file.</param>
/// <param name="Start">Where in the text it begins.</param>
internal sealed record ConfigEntry(string Key, JsonElement Value, string Written, int Start);
