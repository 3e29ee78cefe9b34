using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Carries out <c>env/set</c>; its value is the variables' values as they are written, null for one that is not there.
/// Each variable is compared, restored or left on its own.
/// </summary>
internal sealed class EnvironmentSetActivity(PlaybookFiles files, IEffectJournal journal, EffectGate gate, TimeProvider time, ILogger<EnvironmentSetActivity> logger)
    : EffectActivity<EnvironmentSetStep>(journal, gate, time, logger)
{
    private const string TargetPrefix = "env:";

    private readonly IEffectJournal _journal = journal;

    public override async Task<JsonElement> ReadAsync(string target, CancellationToken cancellation)
    {
        var (file, names) = Split(target);
        return ValuesIn(Parse(file, await files.ReadTextAsync(file, cancellation)), names);
    }

    public override async Task<EffectWrite> ChangeAsync(string target, Func<JsonElement, JsonElement> decide, EffectSender sender, CancellationToken cancellation)
    {
        var (file, names) = Split(target);
        var write = new EffectWrite(default);
        await files.ChangeTextAsync(
            file,
            async written =>
            {
                var text = Parse(file, written);
                var present = ValuesIn(text, names);
                // A rollback raises the epoch before it writes: a step that it overtook finds that here, where only one writes.
                var epoch = await _journal.EpochOfAsync(sender.Fence.RunId, sender.Fence.Surface, cancellation);
                write = new EffectWrite(present, epoch > sender.Fence.Epoch ? $"the run was rolled back in the meantime (its epoch is {epoch}, the change's {sender.Fence.Epoch})" : null);
                return write.Refusal is null ? text.With(Map(decide(present))) : null;
            },
            cancellation);
        return write;
    }

    public override bool Overlap(string target, string other)
    {
        var (one, two) = (Split(target), Split(other));
        return one.File == two.File && one.Names.Intersect(two.Names).Any();
    }

    /// <summary>Each variable on its own: two runs may change different variables of one file.</summary>
    public override IReadOnlyList<string> LeasesOf(string target)
    {
        var (file, names) = Split(target);
        var path = string.Join('/', file.Split('/').Where(part => part is not ("" or ".")));
        return [.. names.Select(name => $"{TargetPrefix}{path}#{name}")];
    }

    public override bool Same(JsonElement one, JsonElement other)
    {
        var (left, right) = (Map(one), Map(other));
        return left.Count == right.Count && left.All(pair => right.TryGetValue(pair.Key, out var value) && SameValue(pair.Value, value));
    }

    public override JsonElement NoneOf(EffectRecord effect) =>
        ToJson(Split(effect.Target).Names.ToDictionary(name => name, _ => (string?)null));

    // Which of two texts exposes fewer nobody knows: what somebody else wrote stays, unless the playbook states a safe value.
    public override JsonElement LowerOf(JsonElement present, JsonElement restored, EffectRecord effect)
    {
        var (goal, intended) = (Map(restored), Map(effect.Intended));
        var safe = effect.Safe is { } stated ? Map(stated) : [];
        return ToJson(Map(present).ToDictionary(
            pair => pair.Key,
            pair => SameValue(pair.Value, goal.GetValueOrDefault(pair.Key)) || SameValue(pair.Value, intended.GetValueOrDefault(pair.Key))
                ? goal.GetValueOrDefault(pair.Key)
                : safe.GetValueOrDefault(pair.Key, pair.Value)));
    }

    public override string Describe(JsonElement value) =>
        string.Join(", ", Map(value).Select(pair => pair.Value is null ? $"no {pair.Key}" : $"{pair.Key}={Shorten(pair.Value)}"));

    protected override string TargetOf(EnvironmentSetStep step) =>
        $"{TargetPrefix}{step.File}#{string.Join(',', step.Values.Keys.Order(StringComparer.Ordinal))}";

    protected override JsonElement IntendedBy(EnvironmentSetStep step, JsonElement present) => Written(step.Values);

    protected override JsonElement? SafeOf(EnvironmentSetStep step) => Written(step.Safe);

    protected override async Task<string?> ObstacleAsync(EnvironmentSetStep step, CancellationToken cancellation)
    {
        if (step.Values.Count == 0) return "env/set has nothing to set: with.values is empty.";
        foreach (var (name, value) in step.Values.Concat(step.Safe))
        {
            if (!EnvironmentText.IsName(name)) return $"'{name}' is no name of an environment variable: expected letters, digits and '_', not beginning with a digit.";
            if (value.Any(char.IsControl)) return $"The value of {name} holds a line break or another control character, which an environment file cannot keep.";
        }

        if (step.Safe.Keys.Except(step.Values.Keys).FirstOrDefault() is { } stray) return $"with.safe names {stray}, which with.values does not set.";
        try
        {
            Parse(step.File, await files.ReadTextAsync(step.File, cancellation));
            return null;
        }
        catch (PlaybookFileException unusable)
        {
            return unusable.Sentence;
        }
    }

    protected override JsonElement? ReadRollbackTo(EnvironmentSetStep step, JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object) return null;
        var values = given.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value);
        return values.Keys.ToHashSet().SetEquals(step.Values.Keys) && values.Values.All(value => value.ValueKind is JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && !value.GetString()!.Any(char.IsControl)))
            ? ToJson(values.ToDictionary(pair => pair.Key, pair => pair.Value.GetString() is { } text ? EnvironmentText.Write(text) : null))
            : null;
    }

    protected override (string Name, object? Value)[] OutputsOf(JsonElement before, JsonElement after) => [("before", Meant(before)), ("values", Meant(after))];

    private static (string File, string[] Names) Split(string target)
    {
        var mark = target.LastIndexOf('#');
        return (target[TargetPrefix.Length..mark], target[(mark + 1)..].Split(','));
    }

    private static EnvironmentText Parse(string file, string text)
    {
        try
        {
            return new EnvironmentText(text);
        }
        catch (PlaybookFileException ambiguous)
        {
            throw new PlaybookFileException($"file {file}, {ambiguous.Message}");
        }
    }

    private static JsonElement ValuesIn(EnvironmentText text, string[] names) => ToJson(names.ToDictionary(name => name, text.Find));

    private static JsonElement Written(IReadOnlyDictionary<string, string> values) => ToJson(values.ToDictionary(pair => pair.Key, pair => (string?)EnvironmentText.Write(pair.Value)));

    private static Dictionary<string, string?> Meant(JsonElement value) => Map(value).ToDictionary(pair => pair.Key, pair => pair.Value is { } written ? EnvironmentText.Read(written) : null);

    private static bool SameValue(string? one, string? other) =>
        one is null || other is null ? one == other : EnvironmentText.Read(one) == EnvironmentText.Read(other);

    private static Dictionary<string, string?> Map(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().OrderBy(pair => pair.Name, StringComparer.Ordinal).ToDictionary(pair => pair.Name, pair => pair.Value.GetString()) : [];

    private static JsonElement ToJson(Dictionary<string, string?> values) => JsonSerializer.SerializeToElement(values);

    private static string Shorten(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "...");
}
