namespace RolloutWorkflows.Orchestrations;

/// <summary>The last rehearsal of a stage's way back, as it was known when a run started.</summary>
public sealed record StageRehearsal
{
    public required string Stage { get; init; }

    /// <summary>When it was reported, on the real clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whose key reported it.</summary>
    public required string By { get; init; }

    /// <summary>True where everything stood as before afterwards.</summary>
    public required bool Passed { get; init; }

    /// <summary>True where the playbook's text was the very one that the run started with.</summary>
    public required bool SameText { get; init; }

    /// <summary>For people, such as "last rehearsed on 2026-03-02 by ci, as before".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"last rehearsed on {At.UtcDateTime:yyyy-MM-dd} by {By}: {(Passed ? "everything went back" : "NOT everything went back")}{(SameText ? "" : ", with another text of the playbook")}");

    /// <summary>What is said of a stage's way back; null where no rehearsal of the playbook is known at all.</summary>
    public static string? Of(IReadOnlyList<StageRehearsal> known, string stage) =>
        known.Count == 0 ? null : known.FirstOrDefault(one => one.Stage == stage)?.ToString() ?? "never rehearsed";
}
