using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>flag/rollout</c>; its value is the percentage.</summary>
internal sealed class FlagRolloutActivity(IFlagStore flags, IEffectJournal journal, EffectGate gate, TimeProvider time, ILogger<FlagRolloutActivity> logger)
    : FlagEffectActivity<FlagRolloutStep>(flags, journal, gate, time, logger)
{
    private static readonly JsonElement Zero = JsonSerializer.SerializeToElement(0d);

    private static readonly StepParameter RollbackTo = new() { Name = "rollbackTo", Type = StepParameterType.Percent, Description = "" };

    public override bool Same(JsonElement one, JsonElement other) => PercentOf(one).Equals(PercentOf(other));

    public override JsonElement NoneOf(EffectRecord effect) => Zero;

    public override JsonElement LowerOf(JsonElement present, JsonElement restored, EffectRecord effect) =>
        PercentOf(present) <= PercentOf(restored) ? present : restored;

    public override JsonElement? FallbackTo(EffectRecord effect, double percent) =>
        PercentOf(effect.Intended) > percent ? JsonSerializer.SerializeToElement(percent) : null;

    public override string Describe(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? "no flag" : string.Create(CultureInfo.InvariantCulture, $"{PercentOf(value):0.######} %");

    protected override string FlagOf(FlagRolloutStep step) => step.Flag;

    protected override string? ObstacleIn(FlagRolloutStep step, FlagState? flag) => ObstacleForSomeUsers(flag, step.Percent > 0);

    protected override JsonElement IntendedBy(FlagRolloutStep step, JsonElement present) => JsonSerializer.SerializeToElement(step.Percent);

    protected override JsonElement ValueOf(FlagState flag) => JsonSerializer.SerializeToElement(flag.Percent);

    protected override Func<FlagState?, FlagState> Edit(string flag, JsonElement value) => FlagEdit.Percent(flag, PercentOf(value));

    protected override JsonElement? ReadRollbackTo(FlagRolloutStep step, JsonElement given) =>
        StepValue.Read(given, RollbackTo).Value is double percent ? JsonSerializer.SerializeToElement(percent) : null;

    protected override (string Name, object? Value)[] OutputsOf(JsonElement before, JsonElement after) => [("before", before), ("percent", PercentOf(after))];

    // No flag exposes nobody, like one at 0 %.
    private static double PercentOf(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;
}
