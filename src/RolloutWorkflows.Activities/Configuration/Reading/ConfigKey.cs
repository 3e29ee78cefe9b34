using System.Text.Json;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>Paths of configuration values, written as TOML writes dotted keys. Pure.</summary>
internal static partial class ConfigKey
{
    /// <summary>A path and one more name.</summary>
    public static string Join(string path, string name)
    {
        var written = Bare().IsMatch(name) ? name : JsonSerializer.Serialize(name);
        return path.Length == 0 ? written : $"{path}.{written}";
    }

    /// <summary>The last name of a path, without quotes.</summary>
    public static string LastOf(string path) => path[(path.LastIndexOf('.') + 1)..].Trim('"');

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();
}
