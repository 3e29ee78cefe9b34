using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>A kind of step that changes targets which only one run at a time may change.</summary>
internal interface ILeasedStep
{
    /// <summary>What a step configured like this changes, as leases name it; empty where the configuration does not say.</summary>
    IReadOnlyList<string> LeasesOf(IReadOnlyDictionary<string, JsonElement> with);
}
