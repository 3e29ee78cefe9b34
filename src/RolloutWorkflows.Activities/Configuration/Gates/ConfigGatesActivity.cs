using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Carries out <c>config/gates</c>; its value is each gate of each node as it is written. Each file is replaced in one
/// go, one after the other: a step that stops in between is gone on with, or undone, gate by gate.
/// </summary>
internal sealed class ConfigGatesActivity(PlaybookFiles files, IEffectJournal journal, EffectGate gate, TimeProvider time, ILogger<ConfigGatesActivity> logger)
    : EffectActivity<ConfigGatesStep>(journal, gate, time, logger)
{
    private readonly IEffectJournal _journal = journal;

    public override async Task<JsonElement> ReadAsync(string target, CancellationToken cancellation)
    {
        var gates = GateTarget.Parse(target);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in gates.Files) texts[file] = await files.ReadTextAsync(file, cancellation);
        return GatesIn(gates, Read(texts));
    }

    public override async Task<EffectWrite> ChangeAsync(string target, Func<JsonElement, JsonElement> decide, EffectSender sender, CancellationToken cancellation)
    {
        var gates = GateTarget.Parse(target);
        var write = new EffectWrite(default);
        await files.ChangeTextsAsync(
            gates.Files,
            async texts =>
            {
                var documents = Read(texts);
                var present = GatesIn(gates, documents);
                // A rollback raises the epoch before it writes: a step that it overtook finds that here, where only one writes.
                var epoch = await _journal.EpochOfAsync(sender.Fence.RunId, sender.Fence.Surface, cancellation);
                write = new EffectWrite(present, epoch > sender.Fence.Epoch ? $"the run was rolled back in the meantime (its epoch is {epoch}, the change's {sender.Fence.Epoch})" : null);
                return write.Refusal is null ? (IReadOnlyDictionary<string, string>?)With(gates, documents, GateValue.Map(present), GateValue.Map(decide(present))) : null;
            },
            cancellation);
        return write;
    }

    public override bool Overlap(string target, string other) => LeasesOf(target).Intersect(LeasesOf(other), StringComparer.Ordinal).Any();

    /// <summary>Each gate of each node on its own: two runs may change different gates of one file.</summary>
    public override IReadOnlyList<string> LeasesOf(string target) => [.. GateTarget.Parse(target).Places.Select(place => $"{GateTarget.Prefix}{place.File}#{place.Key}")];

    public override bool Same(JsonElement one, JsonElement other)
    {
        var (left, right) = (GateValue.Map(one), GateValue.Map(other));
        return left.Count == right.Count && left.All(pair => right.TryGetValue(pair.Key, out var value) && GateValue.Same(pair.Value, value));
    }

    public override bool IsHalfWay(JsonElement present, JsonElement from, JsonElement to)
    {
        var (start, end) = (GateValue.Map(from), GateValue.Map(to));
        return GateValue.Map(present).All(pair => GateValue.Same(pair.Value, start.GetValueOrDefault(pair.Key)) || GateValue.Same(pair.Value, end.GetValueOrDefault(pair.Key)));
    }

    public override JsonElement NoneOf(EffectRecord effect) => effect.Prior;

    public override JsonElement LowerOf(JsonElement present, JsonElement restored, EffectRecord effect)
    {
        var (goal, intended) = (GateValue.Map(restored), GateValue.Map(effect.Intended));
        var safe = effect.Safe is { } stated ? GateValue.Map(stated) : [];
        return GateValue.ToJson(GateValue.Map(present).ToDictionary(pair => pair.Key, pair => Lower(pair.Key, pair.Value)));

        GateValue? Lower(string label, GateValue? found)
        {
            // Where the run itself had changed nothing, somebody else's value is theirs, unless it exposes more.
            var changed = !GateValue.Same(intended.GetValueOrDefault(label), goal.GetValueOrDefault(label));
            if (GateValue.Same(found, goal.GetValueOrDefault(label)) || (changed && GateValue.Same(found, intended.GetValueOrDefault(label)))) return goal.GetValueOrDefault(label);
            if (found is null) return null;
            if (safe.TryGetValue(label, out var value)) return value;
            return found.Value.ValueKind == JsonValueKind.True ? new GateValue(JsonSerializer.SerializeToElement(false), "false") : found;
        }
    }

    public override string Describe(JsonElement value) =>
        string.Join(", ", GateValue.Map(value).Select(pair => pair.Value is null ? $"no {pair.Key}" : $"{pair.Key}={pair.Value.Written}"));

    protected override string TargetOf(ConfigGatesStep step) => GateTarget.Of(step, Named(step.Gates).Keys).ToString();

    protected override JsonElement IntendedBy(ConfigGatesStep step, JsonElement present) => Written(step, Named(step.Gates));

    protected override JsonElement? SafeOf(ConfigGatesStep step) => step.Safe is { } safe ? Written(step, Named(safe)) : null;

    protected override async Task<string?> ObstacleAsync(ConfigGatesStep step, CancellationToken cancellation)
    {
        var gates = Named(step.Gates);
        if (gates.Count == 0) return "config/gates has nothing to set: with.gates names none.";
        var safe = step.Safe is { } stated ? Named(stated) : [];
        if (safe.Keys.Except(gates.Keys).FirstOrDefault() is { } stray) return $"with.safe names {stray}, which with.gates does not set.";
        foreach (var (name, value) in gates.Concat(safe))
            if (!IsUsable(value)) return $"The gate {name} cannot be set to {value.GetRawText()}: expected true, false, a number, or a text without quotes, backslashes and line breaks.";
        var target = GateTarget.Of(step, gates.Keys);
        if (target.Problem() is { } problem) return problem;
        try
        {
            return await ObstacleInFilesAsync(target, gates, cancellation);
        }
        catch (PlaybookFileException unusable)
        {
            return unusable.Sentence;
        }
    }

    protected override JsonElement? ReadRollbackTo(ConfigGatesStep step, JsonElement given)
    {
        var (gates, values) = (Named(step.Gates), Named(given));
        return values.Keys.ToHashSet().SetEquals(gates.Keys) && values.Values.All(IsUsable) ? Written(step, values) : null;
    }

    protected override (string Name, object? Value)[] OutputsOf(JsonElement before, JsonElement after) => [("before", Meant(before)), ("gates", Meant(after))];

    private async Task<string?> ObstacleInFilesAsync(GateTarget target, Dictionary<string, JsonElement> gates, CancellationToken cancellation)
    {
        foreach (var file in target.Files)
        {
            var document = ConfigDocument.Read(file, await files.ReadTextAsync(file, cancellation));
            foreach (var place in target.Places.Where(place => place.File == file))
            {
                if (document.Find(place.Key) is not { } entry)
                    return $"File {file} has no {place.Key}{Suggestion.For(place.Key, document.Entries.Select(known => known.Key))}. Nothing was changed: gates that nodes do not know are refused when they load their configuration.";
                ConfigDocument.Write(document.Format, gates[place.Gate], out var meant);
                if (KindOf(entry.Value) != KindOf(meant)) return $"File {file}: {place.Key} is {entry.Written}, a {KindOf(entry.Value)}; expected a {KindOf(entry.Value)} to set it to, got {gates[place.Gate].GetRawText()}.";
            }
        }

        return null;
    }

    private static Dictionary<string, ConfigDocument> Read(IReadOnlyDictionary<string, string> texts) => texts.ToDictionary(pair => pair.Key, pair => ConfigDocument.Read(pair.Key, pair.Value), StringComparer.Ordinal);

    private static JsonElement GatesIn(GateTarget target, Dictionary<string, ConfigDocument> documents) => GateValue.ToJson(target.Places.ToDictionary(
        place => place.Label,
        place => documents[place.File].Find(place.Key) is { } entry ? new GateValue(entry.Value, entry.Written) : null));

    private static Dictionary<string, string> With(GateTarget target, Dictionary<string, ConfigDocument> documents, Dictionary<string, GateValue?> present, Dictionary<string, GateValue?> wanted) =>
        target.Places.Where(place => wanted[place.Label] is not null && present[place.Label] is not null && !GateValue.Same(present[place.Label], wanted[place.Label]))
            .GroupBy(place => place.File, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => documents[group.Key].With(group.ToDictionary(place => place.Key, place => wanted[place.Label]!.Written)), StringComparer.Ordinal);

    private static JsonElement Written(ConfigGatesStep step, Dictionary<string, JsonElement> gates)
    {
        var target = GateTarget.Of(step, gates.Keys);
        return GateValue.ToJson(target.Places.ToDictionary(place => place.Label, place => (GateValue?)Written(place)));

        GateValue Written(GatePlace place)
        {
            var written = ConfigDocument.Write(ConfigDocument.FormatOf(place.File) ?? ConfigFormat.Toml, gates[place.Gate], out var meant);
            return new GateValue(meant, written);
        }
    }

    private static Dictionary<string, JsonElement> Named(JsonElement gates) =>
        gates.ValueKind == JsonValueKind.Object ? gates.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal) : [];

    private static Dictionary<string, JsonElement?> Meant(JsonElement value) => GateValue.Map(value).ToDictionary(pair => pair.Key, pair => pair.Value?.Value);

    private static bool IsUsable(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number
        || (value.ValueKind == JsonValueKind.String && !value.GetString()!.Any(letter => char.IsControl(letter) || letter is '"' or '\\'));

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => "number",
        JsonValueKind.String => "text",
        _ => "list",
    };
}
