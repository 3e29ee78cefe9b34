using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>Turns a step's resolved <c>with</c> into the kind's configuration record, or says everything that is wrong with it.</summary>
internal static class StepBinder
{
    /// <summary>Binds; false where something is wrong, with one sentence per problem.</summary>
    public static bool TryBind<TStep>(IReadOnlyDictionary<string, JsonElement> with, [NotNullWhen(true)] out TStep? step, out IReadOnlyList<string> problems)
        where TStep : class
    {
        var keys = StepKey.Of(typeof(TStep));
        var found = new List<string>();
        var bound = Activator.CreateInstance<TStep>();
        foreach (var unknown in with.Keys.Where(name => keys.All(key => key.Parameter.Name != name)))
            found.Add($"with.{unknown} is unknown; known: {string.Join(", ", keys.Select(key => key.Parameter.Name))}");
        foreach (var key in keys) Bind(with, key, bound, found);
        problems = found;
        step = found.Count == 0 ? bound : null;
        return step is not null;
    }

    private static void Bind(IReadOnlyDictionary<string, JsonElement> with, StepKey key, object step, List<string> problems)
    {
        var name = key.Parameter.Name;
        if (!with.TryGetValue(name, out var given) || given.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            if (key.Parameter.Required) problems.Add($"with.{name} is missing");
            return;
        }

        var reading = StepValue.Read(given, key.Parameter);
        if (reading.Expected is { } expected) problems.Add($"with.{name}: expected {expected}, got {Shorten(given.GetRawText())}");
        else key.Property.SetValue(step, reading.Value);
    }

    // Values go into histories and messages: long ones are cut.
    private static string Shorten(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "...");
}
