namespace RolloutWorkflows.Orchestrations;

/// <summary>A command to a run, sealed by the trigger that established who sent it.</summary>
public sealed record RunCommand
{
    /// <summary>Idempotency id: the same id twice acts once and gets the same answer.</summary>
    public required string CommandId { get; init; }

    public required RunVerb Verb { get; init; }

    /// <summary>The person, as established by the trigger, never taken from a body that the trigger did not check.</summary>
    public required string Actor { get; init; }

    /// <summary>The way it came: <c>http</c>, <c>cli</c>, <c>demo</c> …</summary>
    public required string Via { get; init; }

    /// <summary>True where the trigger found that the sender's key is an admin's. Default false; what needs an admin is refused without it.</summary>
    public bool IsAdmin { get; init; }

    public string? Reason { get; init; }

    /// <summary>For approve and reject: which question is answered; may be absent where exactly one is open.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>For rollback, retry, hold and resume: the one surface that is meant; null: the whole run.</summary>
    public string? Surface { get; init; }

    /// <summary>
    /// For handover: the person who becomes the owner. For rollback: how far, as <c>start</c>, <c>stage-start</c>, a stage's name or a
    /// percentage such as <c>25</c>; null: as far as the playbook says.
    /// </summary>
    public string? To { get; init; }

    /// <summary>For abort: the run that takes over. Then it is refused in every state but RolledBack.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>When the trigger took it.</summary>
    public required DateTimeOffset At { get; init; }
}
