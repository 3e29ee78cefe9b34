using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Cli;

/// <summary>Flags as <c>rollout flags export</c> writes them: what decides, without versions and who changed what.</summary>
internal sealed record FlagFile
{
    public required IReadOnlyList<FlagFileEntry> Flags { get; init; }

    public static FlagFile Of(IEnumerable<FlagState> flags) => new()
    {
        Flags = [.. flags.OrderBy(flag => flag.Name, StringComparer.Ordinal).Select(flag => new FlagFileEntry
        {
            Name = flag.Name,
            Kind = flag.Kind,
            Enabled = flag.Enabled,
            Percent = flag.Kind == FlagKind.Percentage ? flag.Percent : null,
            Canary = flag.Kind == FlagKind.Percentage ? new FlagFileCanary { Enabled = flag.Canary.Enabled, Users = flag.Canary.Users } : null,
        })],
    };
}
