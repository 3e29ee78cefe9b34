using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>One guardrail as the ledger keeps it: its rule, its place on the grid, its counts and what it already set off.</summary>
public sealed record GuardrailTrack
{
    public required Guardrail Rule { get; init; }

    /// <summary>The next grid point, in playbook time.</summary>
    public required DateTimeOffset NextDue { get; init; }

    public required GuardrailStatus Status { get; init; }

    /// <summary>True: ends with the stage's promotion; false: goes on until the run ends.</summary>
    public bool OfStage { get; init; }

    /// <summary>The strongest reaction already set off; a weaker or equal one is not repeated until people resume.</summary>
    public Reaction SetOff { get; init; } = Reaction.Continue;

    /// <summary>True once <c>count</c> measurements were taken.</summary>
    public bool Finished => Rule.Count is { } count && Status.Measured >= count;

    /// <summary>True where nothing is known against it: not measured yet, passed or warned.</summary>
    public bool IsClean => Rule.Mode == GuardrailMode.Shadow || Status.Last is null || GuardrailLimits.IsClean(Status.Last.Verdict);

    /// <summary>A track before its first measurement.</summary>
    public static GuardrailTrack Start(Guardrail rule, DateTimeOffset from, PlaybookClock clock, bool ofStage) => new()
    {
        Rule = rule,
        NextDue = from + (rule.InitialDelay ?? clock.Paced(rule.Interval)),
        Status = new GuardrailStatus { Name = rule.Name },
        OfStage = ofStage,
    };
}
