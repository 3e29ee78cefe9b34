using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>flag/set</c>; its value is the flag's switch.</summary>
internal sealed class FlagSetActivity(IFlagStore flags, IEffectJournal journal, EffectGate gate, TimeProvider time, ILogger<FlagSetActivity> logger)
    : FlagEffectActivity<FlagSetStep>(flags, journal, gate, time, logger)
{
    public override bool Same(JsonElement one, JsonElement other) => IsOn(one) == IsOn(other);

    public override JsonElement NoneOf(EffectRecord effect) => SafeOf(effect);

    // Which of on and off exposes fewer only the playbook knows.
    public override JsonElement LowerOf(JsonElement present, JsonElement restored, EffectRecord effect) => SafeOf(effect);

    public override string Describe(JsonElement value) => value.ValueKind == JsonValueKind.Null ? "no flag" : IsOn(value) ? "on" : "off";

    protected override string FlagOf(FlagSetStep step) => step.Flag;

    protected override string? ObstacleIn(FlagSetStep step, FlagState? flag) => null;

    protected override JsonElement IntendedBy(FlagSetStep step, JsonElement present) => JsonSerializer.SerializeToElement(step.Value);

    protected override JsonElement? SafeOf(FlagSetStep step) => JsonSerializer.SerializeToElement(step.Safe);

    protected override JsonElement ValueOf(FlagState flag) => JsonSerializer.SerializeToElement(flag.Enabled);

    protected override Func<FlagState?, FlagState> Edit(string flag, JsonElement value) => FlagEdit.Enabled(flag, IsOn(value));

    protected override JsonElement? ReadRollbackTo(FlagSetStep step, JsonElement given) => given.ValueKind is JsonValueKind.True or JsonValueKind.False ? given : null;

    protected override (string Name, object? Value)[] OutputsOf(JsonElement before, JsonElement after) => [("before", before), ("value", IsOn(after))];

    private static JsonElement SafeOf(EffectRecord effect) => effect.Safe ?? JsonSerializer.SerializeToElement(false);

    private static bool IsOn(JsonElement value) => value.ValueKind == JsonValueKind.True;
}
