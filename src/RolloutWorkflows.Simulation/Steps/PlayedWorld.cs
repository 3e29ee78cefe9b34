using System.Text.Json;

namespace RolloutWorkflows.Simulation;

/// <summary>The values of the world that played steps set, by target and name; what nobody has set is not there. Thread-safe.</summary>
internal sealed class PlayedWorld
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Target, string Name), JsonElement> values = [];

    /// <summary>The values of some names, null for those that are not there.</summary>
    public JsonElement Read(string target, IEnumerable<string> names)
    {
        lock (gate) return Of(target, names);
    }

    /// <summary>Replaces them by what <paramref name="decide"/> makes of them; returns those before.</summary>
    public JsonElement Change(string target, IReadOnlyList<string> names, Func<JsonElement, JsonElement> decide)
    {
        lock (gate)
        {
            var before = Of(target, names);
            foreach (var value in decide(before).EnumerateObject())
            {
                if (value.Value.ValueKind == JsonValueKind.Null) values.Remove((target, value.Name));
                else values[(target, value.Name)] = value.Value.Clone();
            }

            return before;
        }
    }

    /// <summary>Everything that stands there, for comparison.</summary>
    public IReadOnlyList<string> Describe()
    {
        lock (gate) return [.. values.Select(value => $"{value.Key.Target} {value.Key.Name} = {value.Value.GetRawText()}").Order(StringComparer.Ordinal)];
    }

    private JsonElement Of(string target, IEnumerable<string> names) =>
        JsonSerializer.SerializeToElement(names.ToDictionary(name => name, name => values.TryGetValue((target, name), out var value) ? (JsonElement?)value : null));
}
