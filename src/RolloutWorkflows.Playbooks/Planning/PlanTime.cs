namespace RolloutWorkflows.Playbooks.Planning;

/// <summary>The span in which something happens. Null as earliest: never. Null as latest: nothing ends the waiting.</summary>
internal readonly record struct PlanTime(DateTimeOffset? Earliest, DateTimeOffset? Latest)
{
    public PlanTime Plus(TimeSpan least, TimeSpan? most) => new(Earliest + least, most is { } limit ? Latest + limit : null);

    /// <summary>When both have happened.</summary>
    public PlanTime And(PlanTime other) => new(Later(Earliest, other.Earliest), Later(Latest, other.Latest));

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b is null ? null : a > b ? a : b;
}
