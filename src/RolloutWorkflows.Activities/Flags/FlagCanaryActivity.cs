using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>flag/canary</c>; its value is whether the canary is on, and for whom.</summary>
internal sealed class FlagCanaryActivity(IFlagStore flags, IEffectJournal journal, EffectGate gate, TimeProvider time, ILogger<FlagCanaryActivity> logger)
    : FlagEffectActivity<FlagCanaryStep>(flags, journal, gate, time, logger)
{
    public override bool Same(JsonElement one, JsonElement other) => CanaryOf(one) == CanaryOf(other);

    public override JsonElement NoneOf(EffectRecord effect) => ToJson(FlagCanary.None);

    public override JsonElement LowerOf(JsonElement present, JsonElement restored, EffectRecord effect)
    {
        var (one, other) = (CanaryOf(present), CanaryOf(restored));
        return ToJson(FlagCanary.Of(one.Enabled && other.Enabled, one.Users.Intersect(other.Users)));
    }

    public override string Describe(JsonElement value)
    {
        var canary = CanaryOf(value);
        return value.ValueKind == JsonValueKind.Null ? "no flag"
            : !canary.Enabled ? "no canary"
            : $"a canary of {canary.Users.Count} user{(canary.Users.Count == 1 ? "" : "s")}";
    }

    protected override string FlagOf(FlagCanaryStep step) => step.Flag;

    protected override string? ObstacleIn(FlagCanaryStep step, FlagState? flag)
    {
        if (step.Enabled && step.Users is not { Count: > 0 }) return "flag/canary needs with.users: an enabled canary without users reaches nobody.";
        return step.Users?.Any(string.IsNullOrWhiteSpace) == true
            ? "flag/canary cannot use with.users: one of them is empty."
            : ObstacleForSomeUsers(flag, step.Enabled);
    }

    protected override JsonElement IntendedBy(FlagCanaryStep step, JsonElement present) =>
        ToJson(FlagCanary.Of(step.Enabled, step.Users ?? CanaryOf(present).Users));

    protected override JsonElement ValueOf(FlagState flag) => ToJson(flag.Canary);

    protected override Func<FlagState?, FlagState> Edit(string flag, JsonElement value) => FlagEdit.Canary(flag, CanaryOf(value));

    protected override JsonElement? ReadRollbackTo(FlagCanaryStep step, JsonElement given)
    {
        try
        {
            return given.ValueKind switch
            {
                JsonValueKind.Array => ToJson(FlagCanary.Of(true, given.Deserialize<List<string>>()!)),
                JsonValueKind.Object => ToJson(CanaryOf(given)),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    protected override (string Name, object? Value)[] OutputsOf(JsonElement before, JsonElement after) =>
        [("before", before), ("enabled", CanaryOf(after).Enabled), ("users", CanaryOf(after).Users)];

    private static FlagCanary CanaryOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.Deserialize<FlagCanary>(JsonSerializerOptions.Web) is { } canary
            ? FlagCanary.Of(canary.Enabled, canary.Users ?? [])
            : FlagCanary.None;

    private static JsonElement ToJson(FlagCanary canary) => JsonSerializer.SerializeToElement(canary, JsonSerializerOptions.Web);
}
