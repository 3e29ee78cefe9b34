using System.Diagnostics.CodeAnalysis;

namespace RolloutWorkflows.Playbooks;

/// <summary>What reading a playbook gave: the playbook where it can be used, and everything that was found.</summary>
public sealed record PlaybookLoadResult
{
    /// <summary>Null where a problem is an error.</summary>
    public Playbook? Playbook { get; init; }

    /// <summary>Errors and warnings in the order of the file.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>True where there is a playbook; warnings may still stand among the problems.</summary>
    [MemberNotNullWhen(true, nameof(Playbook))]
    public bool IsValid => Playbook is not null;
}
