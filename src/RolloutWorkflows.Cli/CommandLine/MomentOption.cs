using System.CommandLine;
using System.Globalization;

namespace RolloutWorkflows.Cli;

/// <summary>Reads options that name a moment.</summary>
internal static class MomentOption
{
    /// <summary>The moment; null where the option is not given.</summary>
    /// <exception cref="CommandFailedException">It is no moment.</exception>
    public static DateTimeOffset? Read(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment
            : throw new CommandFailedException(ExitCode.Usage, $"{option.Name}: expected a moment such as 2026-03-02T09:00Z, got '{text}'.");
    }
}
