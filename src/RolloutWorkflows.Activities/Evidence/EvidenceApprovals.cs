using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Reads from a run's record what people were asked, what they were shown and what they said. Pure.</summary>
internal static class EvidenceApprovals
{
    /// <summary>The questions of one attempt, in the order in which they were asked; where none is named, those of the lines that are new.</summary>
    public static IReadOnlyList<EvidenceApproval> Of(EvidenceFactSheet facts, string? attempt)
    {
        var known = new List<EvidenceApproval>();
        var lines = attempt is null ? facts.News : facts.Lines;
        foreach (var line in lines.Where(line => line.Kind is RunLogKind.ApprovalAsked or RunLogKind.ApprovalDecided or RunLogKind.ApprovalVoided))
        {
            if (IdOf(line) is not { } id || (attempt is not null && !id.StartsWith(attempt, StringComparison.Ordinal))) continue;
            var index = known.FindIndex(approval => approval.Id == id);
            var open = line.DataAs<OpenApproval>();
            if (open is not null && index < 0)
            {
                known.Add(Of(open));
                index = known.Count - 1;
            }

            if (index < 0 || line.Kind == RunLogKind.ApprovalAsked) continue;
            known[index] = (open is null ? known[index] : Of(open)) with { DecidedAt = line.At, Outcome = line.Message };
        }

        return known;
    }

    private static string? IdOf(RunLogEntry line) =>
        line.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("approvalId", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    private static EvidenceApproval Of(OpenApproval open) => new()
    {
        Id = open.ApprovalId,
        Name = open.Name,
        Prompt = open.Prompt,
        AskedAt = open.AskedAt,
        Outcome = "not decided",
        Needed = open.Needed,
        Electorate = open.Electorate,
        Votes = [.. open.Votes.Select(vote => new EvidenceVote(vote.Person, vote.Approves, vote.Via, vote.At, vote.Reason, vote.Shown))],
        ShownDigest = open.Shown.Digest is { Length: > 0 } digest ? digest : null,
        Shown = open.Shown.Lines,
        BoundTo = open.Subject,
    };
}
