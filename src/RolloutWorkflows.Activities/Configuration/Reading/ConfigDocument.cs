using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>
/// A configuration file: its values by their paths, each with its place, so that one can be replaced while every other
/// byte of the file stays. Immutable.
/// </summary>
internal sealed class ConfigDocument
{
    private readonly string _text;
    private readonly Dictionary<string, ConfigEntry> _entries = new(StringComparer.Ordinal);

    private ConfigDocument(ConfigFormat format, string text, ConfigNode root)
    {
        (Format, _text) = (format, text);
        Flatten("", root);
    }

    public ConfigFormat Format { get; }

    /// <summary>All values, in the order of the file.</summary>
    public IReadOnlyCollection<ConfigEntry> Entries => _entries.Values;

    /// <summary>Reads a file of a known kind of name. Throws a <see cref="PlaybookFileException"/> with the line where it cannot be read.</summary>
    public static ConfigDocument Read(string file, string text)
    {
        var format = FormatOf(file) ?? throw new PlaybookFileException($"file {file}: expected a name that ends in .toml, .yaml, .yml, .json or .env");
        try
        {
            return new ConfigDocument(format, text, format switch
            {
                ConfigFormat.Toml => TomlReader.Read(text),
                ConfigFormat.Yaml => YamlConfigReader.Read(text),
                ConfigFormat.Json => JsonConfigReader.Read(text),
                _ => ReadEnvironment(text),
            });
        }
        catch (PlaybookFileException unreadable)
        {
            throw new PlaybookFileException($"file {file}, {unreadable.Message}");
        }
    }

    /// <summary>The format that a file's name tells; null where it tells none.</summary>
    public static ConfigFormat? FormatOf(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".toml" => ConfigFormat.Toml,
        ".yaml" or ".yml" => ConfigFormat.Yaml,
        ".json" => ConfigFormat.Json,
        ".env" => ConfigFormat.Environment,
        _ => null,
    };

    /// <summary>How a boolean, a number, or a text without quotes, backslashes and control characters is written in a format; <paramref name="meant"/> is what it then reads as.</summary>
    public static string Write(ConfigFormat format, JsonElement value, out JsonElement meant)
    {
        meant = value;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        // Such texts are written alike in all three formats.
        if (format != ConfigFormat.Environment) return value.ValueKind == JsonValueKind.String ? $"\"{text}\"" : text;
        meant = JsonSerializer.SerializeToElement(text);
        return EnvironmentText.Write(text);
    }

    public ConfigEntry? Find(string key) => _entries.GetValueOrDefault(key);

    /// <summary>The text with some values written otherwise; all of them must be there.</summary>
    public string With(IReadOnlyDictionary<string, string> written)
    {
        var text = new StringBuilder(_text);
        foreach (var (entry, replacement) in written.Select(pair => (_entries[pair.Key], pair.Value)).OrderByDescending(pair => pair.Item1.Start))
            text.Remove(entry.Start, entry.Written.Length).Insert(entry.Start, replacement);
        return text.ToString();
    }

    /// <summary>An error that names line and column.</summary>
    public static PlaybookFileException Unreadable(string text, int at, string what)
    {
        var before = text.AsSpan(0, Math.Min(at, text.Length));
        return new PlaybookFileException($"line {before.Count('\n') + 1}, column {before.Length - before.LastIndexOf('\n')}: {what}");
    }

    private static ConfigTable ReadEnvironment(string text)
    {
        var table = new ConfigTable();
        foreach (var (name, written, start) in new EnvironmentText(text).Assignments)
            table.TryAdd(name, new ConfigLeaf(EnvironmentText.Read(written), start, start + written.Length));
        return table;
    }

    private void Flatten(string path, ConfigNode node)
    {
        switch (node)
        {
            case ConfigTable table:
                foreach (var (name, value) in table.Entries) Flatten(ConfigKey.Join(path, name), value);
                break;
            case ConfigList list when list.Items.Exists(HoldsTable):
                for (var index = 0; index < list.Items.Count; index++) Flatten($"{path}[{index}]", list.Items[index]);
                break;
            case ConfigList list:
                Add(path, ToJson(list), list.Start, list.End);
                break;
            case ConfigLeaf leaf:
                Add(path, leaf.Value, leaf.Start, leaf.End);
                break;
        }
    }

    private void Add(string path, JsonNode? value, int start, int end) =>
        _entries[path] = new ConfigEntry(path, JsonSerializer.SerializeToElement(value), _text[start..end], start);

    private static bool HoldsTable(ConfigNode node) => node is ConfigTable || (node is ConfigList list && list.Items.Exists(HoldsTable));

    private static JsonNode? ToJson(ConfigNode node) => node is ConfigList list ? new JsonArray([.. list.Items.Select(ToJson)]) : ((ConfigLeaf)node).Value?.DeepClone();
}
