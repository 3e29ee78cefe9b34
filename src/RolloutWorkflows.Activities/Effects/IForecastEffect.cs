using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>A kind that can say, without changing anything, what a step of it would change.</summary>
internal interface IForecastEffect
{
    /// <summary>Reads the target and compares; null where the configuration cannot be used as it stands, such as before the outputs in it are known, or the target is not granted to the playbook.</summary>
    Task<EffectForecast?> ForecastAsync(string playbook, IReadOnlyDictionary<string, JsonElement> with, CancellationToken cancellation);
}
