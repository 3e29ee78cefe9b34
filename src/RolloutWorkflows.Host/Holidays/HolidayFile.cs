using System.Globalization;
using RolloutWorkflows.Playbooks;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace RolloutWorkflows.Host;

/// <summary>Reads a file of holidays: iCalendar (<c>.ics</c>), or YAML that maps dates to names.</summary>
public static class HolidayFile
{
    /// <summary>More days than a century of holidays are no list of holidays.</summary>
    internal const int MostDays = 5000;

    private const long MostBytes = 1024 * 1024;

    /// <summary>The days in their order.</summary>
    /// <exception cref="HostConfigurationException">The file cannot be used; every problem is listed.</exception>
    public static IReadOnlyList<Holiday> Read(string path)
    {
        var problems = new List<string>();
        var days = new List<Holiday>();
        try
        {
            if (new FileInfo(path).Length > MostBytes) problems.Add($"{path}: expected at most 1 MiB.");
            else if (path.EndsWith(".ics", StringComparison.OrdinalIgnoreCase)) days.AddRange(CalendarText.Read(File.ReadAllText(path), path, problems));
            else ReadYaml(path, days, problems);
        }
        catch (YamlException error)
        {
            problems.Add($"{path}:{error.Start.Line}:{error.Start.Column}: this is not YAML: {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path}: cannot be read: {error.Message}");
        }

        if (days.Count > MostDays) problems.Add($"{path}: expected at most {MostDays} days, got {days.Count}.");
        return problems.Count == 0 ? [.. days.OrderBy(day => day.Date)] : throw new HostConfigurationException(problems);
    }

    private static void ReadYaml(string path, List<Holiday> days, List<string> problems)
    {
        var yaml = new YamlStream();
        using (var reader = new StreamReader(path)) yaml.Load(reader);
        if (yaml.Documents.Count == 0) return;
        if (yaml.Documents[0].RootNode is not YamlMappingNode mapping)
        {
            problems.Add($"{path}:1:1: expected a mapping of dates to names, such as '2026-12-25: Christmas'.");
            return;
        }

        foreach (var (key, value) in mapping.Children)
        {
            var (date, name) = ((key as YamlScalarNode)?.Value ?? "", (value as YamlScalarNode)?.Value ?? "");
            if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) problems.Add($"{path}:{key.Start.Line}:{key.Start.Column}: expected a date such as 2026-12-25, got '{date}'.");
            else if (name.Length == 0) problems.Add($"{path}:{value.Start.Line}:{value.Start.Column}: expected the name of {date}, for those who wait.");
            else days.Add(new Holiday(day, name));
        }
    }
}
