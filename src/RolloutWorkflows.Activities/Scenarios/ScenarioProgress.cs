using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>How far a scenario is; what is kept between two calls.</summary>
/// <param name="Done">Runs that ended, from the first on.</param>
/// <param name="Failures">How many of them failed.</param>
/// <param name="First">What the first of them said.</param>
/// <param name="BeganAt">When the first run began, on the real clock.</param>
internal sealed record ScenarioProgress(int Done, int Failures, IReadOnlyList<string> First, DateTimeOffset BeganAt)
{
    private const int Shown = 3;

    public static ScenarioProgress Of(JsonElement? kept, DateTimeOffset now) => kept?.Deserialize<ScenarioProgress>(JsonSerializerOptions.Web) ?? new ScenarioProgress(0, 0, [], now);

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, JsonSerializerOptions.Web);

    /// <summary>One more run ended.</summary>
    /// <param name="failure">What went wrong; null where nothing did.</param>
    public ScenarioProgress With(string? failure) => failure is null
        ? this with { Done = Done + 1 }
        : this with { Done = Done + 1, Failures = Failures + 1, First = Failures < Shown ? [.. First, $"run {Done + 1}: {failure}"] : First };
}
