using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Host;

/// <summary>
/// One object of a settings file: reads typed values by key, resolves <c>%NAME%</c> from the settings, notes every
/// problem with its place, and knows which keys nobody asked for.
/// </summary>
internal sealed class SettingsSection(JsonObject? node, string place, SettingsContext context)
{
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    public string Place => place;

    public IEnumerable<string> Keys => node?.Select(pair => pair.Key) ?? [];

    public SettingsSection Section(string key)
    {
        known.Add(key);
        switch (node?[key])
        {
            case null: return new SettingsSection(null, $"{place}.{key}", context);
            case JsonObject section: return new SettingsSection(section, $"{place}.{key}", context);
            case var other:
                context.Problem($"{place}.{key}", "an object { … }", Show(other));
                return new SettingsSection(null, $"{place}.{key}", context);
        }
    }

    public string? Text(string key)
    {
        known.Add(key);
        if (node?[key] is not { } value) return null;
        if (value.GetValueKind() == JsonValueKind.String) return context.Resolve(value.GetValue<string>(), $"{place}.{key}");
        context.Problem($"{place}.{key}", "a text in quotes", Show(value));
        return null;
    }

    public bool? Flag(string key)
    {
        known.Add(key);
        if (node?[key] is not { } value) return null;
        switch (value.GetValueKind())
        {
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            // Settings that come from the environment are texts.
            case JsonValueKind.String when bool.TryParse(context.Resolve(value.GetValue<string>(), $"{place}.{key}"), out var parsed): return parsed;
            default:
                context.Problem($"{place}.{key}", "true or false", Show(value));
                return null;
        }
    }

    public double? Number(string key, double minimum, double maximum, bool whole = false)
    {
        known.Add(key);
        if (node?[key] is not { } value) return null;
        var text = value.GetValueKind() == JsonValueKind.String ? context.Resolve(value.GetValue<string>(), $"{place}.{key}") : value.ToJsonString();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) &&
            number >= minimum && number <= maximum && (!whole || number == Math.Floor(number))) return number;
        context.Problem($"{place}.{key}", string.Create(CultureInfo.InvariantCulture, $"a {(whole ? "whole " : "")}number from {minimum} to {maximum}"), Show(value));
        return null;
    }

    public Uri? Address(string key)
    {
        var text = Text(key);
        if (text is null) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        context.Problem($"{place}.{key}", "an absolute http:// or https:// address", Show(node?[key]));
        return null;
    }

    /// <summary>A list of texts; empty where there is none.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        var texts = new List<string>();
        foreach (var (at, text, _) in Entries(key))
        {
            if (text is not null) texts.Add(text);
            else context.Problem(at, "a text in quotes", "{ … }");
        }

        return texts;
    }

    /// <summary>The entries of a list, each a text or an object, with their places.</summary>
    public IEnumerable<(string Place, string? Text, SettingsSection? Section)> Entries(string key)
    {
        known.Add(key);
        if (node?[key] is null) yield break;
        if (node[key] is not JsonArray list)
        {
            context.Problem($"{place}.{key}", "a list [ … ]", Show(node[key]));
            yield break;
        }

        for (var index = 0; index < list.Count; index++)
        {
            var at = $"{place}.{key}[{index}]";
            if (list[index] is JsonObject section) yield return (at, null, new SettingsSection(section, at, context));
            else if (list[index]?.GetValueKind() == JsonValueKind.String) yield return (at, context.Resolve(list[index]!.GetValue<string>(), at), null);
            else context.Problem(at, "a text in quotes, or an object", Show(list[index]));
        }
    }

    /// <summary>Notes a key as understood without reading it.</summary>
    public bool Has(string key)
    {
        known.Add(key);
        return node?[key] is not null;
    }

    /// <summary>True where an object stands.</summary>
    public bool IsSection(string key) => node?[key] is JsonObject;

    /// <summary>True where nothing but a <c>%NAME%</c> stands.</summary>
    public bool IsSetting(string key) => node?[key] is { } value && value.GetValueKind() == JsonValueKind.String && SettingsContext.IsPlaceholder(value.GetValue<string>());

    /// <summary>Warns of every key that nothing asked for, with the nearest known one.</summary>
    public void WarnOfUnknown(params string[] alsoKnown)
    {
        known.UnionWith(alsoKnown);
        foreach (var key in Keys.Where(key => !known.Contains(key)))
        {
            var near = Suggestion.Nearest(key, known);
            context.Warn($"{place}.{key} is not a key of this section and has no effect" + (near is null ? $"; known: {string.Join(", ", known.Order(StringComparer.Ordinal))}." : $"; did you mean {near}?"));
        }
    }

    private static string Show(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "null";
        return text.Length <= 60 ? text : text[..57] + "…";
    }
}
