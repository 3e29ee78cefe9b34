using System.CommandLine;
using RolloutWorkflows.Host;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary><c>--holidays NAME=FILE</c>, as often as needed: what a server has in its configuration.</summary>
internal static class HolidaysOption
{
    public static readonly Option<string[]> Instance = new("--holidays")
    {
        Description = "Holidays that the playbook's windows name, with their file: dates and names as YAML, or iCalendar (.ics).",
        HelpName = "NAME=FILE",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <exception cref="CommandFailedException">An entry has no name, or its file cannot be used.</exception>
    public static Dictionary<string, IReadOnlyList<Holiday>> Read(ParseResult parsed)
    {
        var holidays = new Dictionary<string, IReadOnlyList<Holiday>>(StringComparer.Ordinal);
        foreach (var entry in parsed.GetValue(Instance) ?? [])
        {
            var cut = entry.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0) throw new CommandFailedException(ExitCode.Usage, $"--holidays: expected NAME=FILE, got '{entry}'.");
            try
            {
                holidays[entry[..cut]] = HolidayFile.Read(entry[(cut + 1)..]);
            }
            catch (HostConfigurationException unusable)
            {
                throw new CommandFailedException(ExitCode.Invalid, $"--holidays: {string.Join(" ", unusable.Problems)}");
            }
        }

        return holidays;
    }
}
