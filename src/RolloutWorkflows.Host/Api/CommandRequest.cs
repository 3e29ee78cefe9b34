using System.Text.Json.Serialization;

namespace RolloutWorkflows.Host;

/// <summary>The body of <c>POST /api/rollouts/{id}/commands/{command}</c>.</summary>
public sealed record CommandRequest
{
    /// <summary>May name the key's owner, and nobody else: the key says who it is. Absent: not compared.</summary>
    [JsonPropertyName("as")]
    public string? Actor { get; init; }

    public string? Reason { get; init; }

    /// <summary>For approve and reject: which question is answered; may be absent where exactly one is open.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>For rollback, retry, hold and resume: the one surface that is meant; absent: the whole run.</summary>
    public string? Surface { get; init; }

    /// <summary>
    /// For handover: the person who becomes the owner. For rollback: how far, as <c>start</c>, <c>stage-start</c>, a stage's name or a
    /// percentage such as <c>25</c>; absent: as far as the playbook says.
    /// </summary>
    public string? To { get; init; }

    /// <summary>Sent again with the same id, a command acts once and gets the same answer; absent: the server makes one.</summary>
    public string? CommandId { get; init; }

    /// <summary>The way it came, for the record: <c>http</c> (default), <c>cli</c> or <c>demo</c>.</summary>
    public string? Via { get; init; }
}
