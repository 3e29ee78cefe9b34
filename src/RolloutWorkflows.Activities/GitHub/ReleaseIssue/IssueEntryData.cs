using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Reads what lines of the record carry.</summary>
internal static class IssueEntryData
{
    /// <summary>The line's data; null where it carries another kind, or was written by another version: the issue shows less then, rather than nothing.</summary>
    public static T? DataAs<T>(this RunLogEntry entry) where T : class
    {
        if (entry.Data is not { ValueKind: JsonValueKind.Object } data) return null;
        try
        {
            return data.Deserialize<T>(PlaybookJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
