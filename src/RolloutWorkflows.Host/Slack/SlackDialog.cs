using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>What a dialog was opened for; goes to Slack and comes back with it, where nobody but this app can change it.</summary>
internal sealed record SlackDialog
{
    /// <summary>Names our dialogs among those that an app may open.</summary>
    public const string CallbackId = "rollout.answer";

    /// <summary>The dialog's one field, and the block that it stands in.</summary>
    public const string ReasonId = "reason";

    /// <summary>What Slack keeps with a dialog.</summary>
    public const int MaximumMetadata = 3000;

    public required string RunId { get; init; }

    public required RunVerb Verb { get; init; }

    /// <summary>The question that is answered; null where the run as a whole is told something.</summary>
    public string? ApprovalId { get; init; }

    public required SlackPlace Place { get; init; }

    /// <summary>Whether what the dialog does must be explained.</summary>
    public static bool NeedsReason(RunVerb verb) => verb is RunVerb.Reject or RunVerb.Rollback;

    public string ToMetadata() => JsonSerializer.Serialize(this, PlaybookJson.Options);

    /// <summary>Reads what was kept; null where it is none of ours.</summary>
    public static SlackDialog? Read(string? metadata)
    {
        if (string.IsNullOrEmpty(metadata) || metadata.Length > MaximumMetadata) return null;
        try
        {
            return JsonSerializer.Deserialize<SlackDialog>(metadata, PlaybookJson.Options) is { RunId.Length: > 0, Place: not null, Verb: RunVerb.Approve or RunVerb.Reject or RunVerb.Hold or RunVerb.Rollback } dialog ? dialog : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
