using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>Says what became of a question that is not open any more, from the run's record.</summary>
internal sealed class ClosedQuestions(IRunLog log)
{
    private const int Page = 1000;

    /// <summary>What was decided, by whom, which way and when, in Slack's markup.</summary>
    public async Task<string> TellAsync(string runId, string approvalId, CancellationToken cancellation)
    {
        var ending = await FindAsync(runId, approvalId, cancellation);
        if (ending is not var (entry, asked)) return $"This question of `{SlackText.Escape(runId)}` is not open, and its record knows no such question. Nothing was done.";
        var said = $"{SlackText.Date(entry.At)}: {SlackText.Escape(entry.Message)}";
        return entry.Kind == RunLogKind.ApprovalVoided
            ? $"*This question does not count any more.* {said}. Look for the newer one."
            : $"*This was decided already.* {said}{Votes(asked)}";
    }

    private async Task<(RunLogEntry Entry, OpenApproval? Asked)?> FindAsync(string runId, string approvalId, CancellationToken cancellation)
    {
        OpenApproval? asked = null;
        (RunLogEntry, OpenApproval?)? ending = null;
        var after = 0L;
        while (true)
        {
            var page = await log.ReadAsync(runId, after, Page, cancellation);
            foreach (var entry in page.Entries)
            {
                if (entry.Kind == RunLogKind.ApprovalAsked && ApprovalIdOf(entry) == approvalId) asked = ApprovalOf(entry);
                else if (entry.Kind is RunLogKind.ApprovalDecided or RunLogKind.ApprovalVoided && Ends(entry, approvalId, asked)) ending = (entry, ApprovalOf(entry) ?? asked);
                if (ending is not null) return ending;
            }

            if (page.Entries.Count < Page) return null;
            after = page.Position;
        }
    }

    /// <summary>A question that its stage's end closed is named by the line's beginning only.</summary>
    private static bool Ends(RunLogEntry entry, string approvalId, OpenApproval? asked) => ApprovalIdOf(entry) is { } id
        ? id == approvalId
        : asked is not null && entry.Stage == asked.Stage && entry.Message.StartsWith($"{asked.Name}:", StringComparison.Ordinal);

    private static string? ApprovalIdOf(RunLogEntry entry) =>
        entry.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("approvalId", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    /// <summary>The question with its votes; null where the line keeps less, as those of other versions may.</summary>
    private static OpenApproval? ApprovalOf(RunLogEntry entry)
    {
        try
        {
            return entry.Data?.Deserialize<OpenApproval>(PlaybookJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Votes(OpenApproval? asked) => asked is null or { Votes.Count: 0 } ? "" : "\n" + string.Join('\n', asked.Votes.Select(vote =>
        $"• {SlackText.Escape(vote.Person)} {(vote.Approves ? "approved" : "rejected")} by {SlackText.Escape(vote.Via)}, {SlackText.Date(vote.At)}{(vote.Reason is { Length: > 0 } reason ? $": {SlackText.Escape(reason)}" : "")}"));
}
