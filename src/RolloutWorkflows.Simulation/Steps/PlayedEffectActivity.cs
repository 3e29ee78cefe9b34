using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>
/// Plays an action whose prior value is restored by itself, on a world in memory. The values that it sets are those of the first
/// object in its configuration, such as variables or gates; each is restored on its own.
/// </summary>
internal sealed class PlayedEffectActivity<TStep>(PlayedSteps steps, StepCatalog catalog, IEffectJournal journal, EffectGate gate, TimeProvider time, ILogger<PlayedEffectActivity<TStep>> logger)
    : EffectActivity<TStep>(journal, gate, time, logger)
    where TStep : class
{
    public override Task<JsonElement> ReadAsync(string target, CancellationToken cancellation)
    {
        var (thing, names) = Split(target);
        return Task.FromResult(steps.World.Read(thing, names));
    }

    public override Task<EffectWrite> ChangeAsync(string target, Func<JsonElement, JsonElement> decide, EffectSender sender, CancellationToken cancellation)
    {
        var (thing, names) = Split(target);
        return Task.FromResult(new EffectWrite(steps.World.Change(thing, names, decide)));
    }

    public override bool Overlap(string target, string other)
    {
        var (one, two) = (Split(target), Split(other));
        return one.Thing == two.Thing && one.Names.Intersect(two.Names).Any();
    }

    public override IReadOnlyList<string> LeasesOf(string target)
    {
        var (thing, names) = Split(target);
        return [.. names.Select(name => $"{thing}#{name}")];
    }

    public override bool Same(JsonElement one, JsonElement other) => JsonElement.DeepEquals(one, other);

    public override JsonElement NoneOf(EffectRecord effect) => JsonSerializer.SerializeToElement(Split(effect.Target).Names.ToDictionary(name => name, _ => (string?)null));

    public override JsonElement LowerOf(JsonElement present, JsonElement restored, EffectRecord effect) => present;

    public override string Describe(JsonElement value) =>
        string.Join(", ", value.EnumerateObject().Select(one => one.Value.ValueKind == JsonValueKind.Null ? $"no {one.Name}" : $"{one.Name}={one.Value}"));

    protected override string TargetOf(TStep step)
    {
        var (target, values) = Parts(step);
        return $"{target}#{string.Join(',', values.Select(value => value.Name).Order(StringComparer.Ordinal))}";
    }

    protected override JsonElement IntendedBy(TStep step, JsonElement present) => JsonSerializer.SerializeToElement(Parts(step).Values.ToDictionary(value => value.Name, value => value.Value));

    protected override Task<string?> ObstacleAsync(TStep step, CancellationToken cancellation) => Task.FromResult<string?>(null);

    protected override JsonElement? ReadRollbackTo(TStep step, JsonElement given) => given.ValueKind == JsonValueKind.Object ? given : null;

    protected override (string Name, object? Value)[] OutputsOf(JsonElement before, JsonElement after) => [("before", before), ("values", after)];

    private (string Target, IReadOnlyList<JsonProperty> Values) Parts(TStep step)
    {
        var kind = catalog.Registrations.First(registration => registration.Configuration == typeof(TStep)).Kind;
        var members = JsonSerializer.SerializeToElement(step, JsonSerializerOptions.Web).EnumerateObject().ToList();
        var target = string.Join('/', members.Where(member => kind.Target.Contains(member.Name)).Select(member => member.Value.ToString()));
        var set = members.FirstOrDefault(member => !kind.Target.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Object);
        return ($"{kind.Name}:{target}", set.Value.ValueKind == JsonValueKind.Object ? [.. set.Value.EnumerateObject()] : members);
    }

    private static (string Thing, string[] Names) Split(string target)
    {
        var mark = target.LastIndexOf('#');
        return (target[..mark], target[(mark + 1)..].Split(','));
    }
}
