using System.Text.RegularExpressions;

namespace RolloutWorkflows.Host;

/// <summary>Where settings sections put their findings, and where <c>%NAME%</c> comes from: settings first, then the environment.</summary>
internal sealed partial class SettingsContext(Func<string, string?> setting)
{
    public List<string> Problems { get; } = [];

    public List<string> Warnings { get; } = [];

    public void Problem(string place, string expected, string got) => Problems.Add($"{place}: expected {expected}, got {got}.");

    public void Warn(string sentence) => Warnings.Add(sentence);

    public string Resolve(string text, string place) => Placeholder().Replace(text, match =>
    {
        var name = match.Groups[1].Value;
        if (setting(name) is { } value) return value;
        Problems.Add($"{place}: the setting {name} is missing; put it under Values in local.settings.json or into the environment.");
        return "";
    });

    /// <summary>True where the text is one <c>%NAME%</c>, with or without a scheme such as <c>Bearer</c> before it.</summary>
    public static bool IsPlaceholder(string text) => WholePlaceholder().IsMatch(text);

    [GeneratedRegex("^([A-Za-z]+ )?%[A-Za-z_][A-Za-z0-9_.:-]*%$")]
    private static partial Regex WholePlaceholder();

    [GeneratedRegex("%([A-Za-z_][A-Za-z0-9_.:-]*)%")]
    private static partial Regex Placeholder();
}
