using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>What a button of ours carries, from the message that shows it to the click that comes back.</summary>
/// <param name="RunId">The run it speaks to.</param>
/// <param name="ApprovalId">The question it answers; null where it stands for the run as a whole.</param>
public sealed record SlackButton(string RunId, string? ApprovalId = null)
{
    public const string Approve = "rollout.approve";
    public const string Reject = "rollout.reject";
    public const string Hold = "rollout.hold";
    public const string Rollback = "rollout.rollback";

    /// <summary>What a click on the button with this <c>action_id</c> tells the run; null: it is none of ours.</summary>
    public static RunVerb? VerbOf(string? actionId) => actionId switch
    {
        Approve => RunVerb.Approve,
        Reject => RunVerb.Reject,
        Hold => RunVerb.Hold,
        Rollback => RunVerb.Rollback,
        _ => null,
    };

    /// <summary>The button's <c>value</c>.</summary>
    public string ToValue() => JsonSerializer.Serialize(this, PlaybookJson.Options);

    /// <summary>Reads a button's <c>value</c>; null where it is none of ours.</summary>
    public static SlackButton? Read(string? value)
    {
        if (string.IsNullOrEmpty(value) || value.Length > SlackBlocks.MaximumValue) return null;
        try
        {
            return JsonSerializer.Deserialize<SlackButton>(value, PlaybookJson.Options) is { RunId.Length: > 0 } button ? button : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
