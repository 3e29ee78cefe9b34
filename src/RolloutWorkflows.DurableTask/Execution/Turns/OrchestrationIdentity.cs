using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>What stays the same throughout one execution.</summary>
internal sealed record OrchestrationIdentity
{
    public required string InstanceId { get; init; }

    public required string ExecutionId { get; init; }

    public required string Name { get; init; }

    public string Version { get; init; } = string.Empty;

    public ParentLink? Parent { get; init; }

    public string? Input { get; init; }

    /// <summary>Tags as JSON, ready to be handed on unchanged.</summary>
    public string? TagsJson { get; init; }

    public static OrchestrationIdentity Of(InstanceRow row) => new()
    {
        InstanceId = row.InstanceId,
        ExecutionId = row.ExecutionId,
        Name = row.Name,
        Version = row.Version,
        Parent = row.Parent,
        Input = row.Input,
        TagsJson = row.Tags,
    };

    /// <summary>The tags with others on top, as JSON.</summary>
    public string? MergeTags(IDictionary<string, string>? own)
    {
        if (own is null || own.Count == 0)
            return TagsJson;
        Dictionary<string, string> merged = new(HistorySerializer.ReadTags(TagsJson));
        foreach ((string key, string value) in own)
            merged[key] = value;
        return HistorySerializer.WriteTags(merged);
    }
}
