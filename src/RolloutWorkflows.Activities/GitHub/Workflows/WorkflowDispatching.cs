using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What is known of a workflow that was to be dispatched once; kept in its line of the journal.</summary>
/// <param name="Sent">Null: unknown, since it may be under way or unanswered. False: it surely was not. True: GitHub took it.</param>
/// <param name="At">When it was sent.</param>
/// <param name="RunId">The workflow run; null: not known yet.</param>
/// <param name="Url">The workflow run's page.</param>
internal sealed record WorkflowDispatching(bool? Sent, DateTimeOffset At, long? RunId = null, string? Url = null)
{
    /// <summary>Workflow runs of this same undo that ended badly; it is dispatched again until one succeeds.</summary>
    public IReadOnlyList<long> Failed { get; init; } = [];

    public static WorkflowDispatching Of(EffectRecord effect) => effect.Intended.Deserialize<WorkflowDispatching>(JsonSerializerOptions.Web)!;

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, JsonSerializerOptions.Web);
}
