using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The text of an environment file: lines of <c>NAME=value</c>, with or without <c>export</c>, quotes and a comment.
/// Values are kept as they are written, quotes and all, so that a value that is put back reads as it did before to
/// every program; everything else in the file stays as it is. Pure.
/// </summary>
internal sealed partial class EnvironmentText
{
    private readonly List<string> _lines;
    private readonly Dictionary<string, (int Line, Match Match)> _assignments = new(StringComparer.Ordinal);

    /// <summary>Reads a text; throws an <see cref="PlaybookFileException"/> where it is ambiguous.</summary>
    public EnvironmentText(string text)
    {
        _lines = [.. text.Split('\n')];
        for (var line = 0; line < _lines.Count; line++)
        {
            var match = Assignment().Match(_lines[line]);
            if (!match.Success) continue;
            var name = match.Groups["name"].Value;
            if (match.Groups["bare"].Value is ['"' or '\'', ..])
                throw new PlaybookFileException($"line {line + 1}: the quoted value of {name} does not end on its line, or something follows it");
            if (!_assignments.TryAdd(name, (line, match)))
                throw new PlaybookFileException($"{name} is set twice, in lines {_assignments[name].Line + 1} and {line + 1}: keep one of them");
        }
    }

    /// <summary>The variables in the order of the text: name, value as written, and where in the text that begins.</summary>
    public IEnumerable<(string Name, string Written, int Start)> Assignments
    {
        get
        {
            var starts = new int[_lines.Count];
            for (var line = 1; line < starts.Length; line++) starts[line] = starts[line - 1] + _lines[line - 1].Length + 1;
            return _assignments.OrderBy(pair => pair.Value.Line).Select(pair => (pair.Key, pair.Value.Match.Groups["value"].Value, starts[pair.Value.Line] + pair.Value.Match.Groups["value"].Index));
        }
    }

    /// <summary>True where a variable can have this name.</summary>
    public static bool IsName(string name) => VariableName().IsMatch(name);

    /// <summary>A variable's value as it is written; null where there is none.</summary>
    public string? Find(string name) => _assignments.TryGetValue(name, out var found) ? found.Match.Groups["value"].Value : null;

    /// <summary>The text with some variables set to what is to be written, or removed where that is null.</summary>
    public string With(IReadOnlyDictionary<string, string?> written)
    {
        var lines = new List<string?>(_lines);
        var added = new List<string>();
        foreach (var (name, value) in written)
        {
            if (!_assignments.TryGetValue(name, out var found))
            {
                if (value is not null) added.Add($"{name}={value}");
                continue;
            }

            var groups = found.Match.Groups;
            lines[found.Line] = value is null ? null : groups["head"].Value + value + groups["tail"].Value;
        }

        var kept = lines.OfType<string>().ToList();
        if (added.Count == 0) return string.Join('\n', kept);
        var ending = _lines.Exists(line => line.EndsWith('\r')) ? "\r" : "";
        // The last line of a text that ends as it should is empty.
        if (kept.Count > 0 && kept[^1].Length == 0) kept.RemoveAt(kept.Count - 1);
        else if (kept.Count > 0) kept[^1] += ending;
        return string.Join('\n', [.. kept, .. added.Select(line => line + ending), ""]);
    }

    /// <summary>A value as it is written: in quotes where shells would read it otherwise.</summary>
    public static string Write(string value) =>
        Plain().IsMatch(value) ? value
        : !value.Contains('\'', StringComparison.Ordinal) ? $"'{value}'"
        : $"\"{Special().Replace(value, @"\$0")}\"";

    /// <summary>What a written value means.</summary>
    public static string Read(string written) => written switch
    {
        ['\'', .. var inner, '\''] => inner,
        ['"', .. var inner, '"'] => Escaped().Replace(inner, "$1"),
        _ => written,
    };

    [GeneratedRegex("""^(?<head>[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*)(?<value>"(?:[^"\\]|\\.)*"|'[^']*'|(?<bare>.*?))(?<tail>(?:[ \t]+#.*|[ \t]*)\r?)$""", RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();

    [GeneratedRegex(@"\A[A-Za-z0-9_./:@%+,=-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex("""["\\$`]""", RegexOptions.CultureInvariant)]
    private static partial Regex Special();

    [GeneratedRegex("""\\(["\\$`])""", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
