namespace RolloutWorkflows.Playbooks;

/// <summary>When a stage may open. A closed window makes it wait, never fail; deny wins over allow.</summary>
public sealed record Windows
{
    /// <summary>An IANA time zone such as <c>Europe/Berlin</c>; default UTC.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Empty: always allowed.</summary>
    public IReadOnlyList<WindowRule> Allow { get; init; } = [];

    public IReadOnlyList<WindowRule> Deny { get; init; } = [];

    /// <summary>The name of holidays that the host's configuration knows: closed on those days, local to <see cref="TimeZone"/>. Null: none.</summary>
    public string? Holidays { get; init; }

    /// <summary>The same windows with their holidays written out as denied days, each with its name as the reason; as they are where the name is not known.</summary>
    public Windows WithHolidays(IReadOnlyDictionary<string, IReadOnlyList<Holiday>> known) =>
        Holidays is { } name && known.TryGetValue(name, out var days)
            ? this with { Holidays = null, Deny = [.. Deny, .. days.Select(day => day.Closed())] }
            : this;
}
