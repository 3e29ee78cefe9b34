using Microsoft.AspNetCore.Http;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Host;

/// <summary>Reads <c>?runtimeStatus=</c>.</summary>
internal static class InstanceStatuses
{
    /// <summary>The statuses asked for, separated by commas; null: any.</summary>
    /// <exception cref="ProblemException">400: one is none.</exception>
    public static IReadOnlyList<OrchestrationRuntimeStatus>? Of(HttpRequest request) =>
        Query.Text(request, "runtimeStatus")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Read).ToList();

    private static OrchestrationRuntimeStatus Read(string text) =>
        Enum.TryParse<OrchestrationRuntimeStatus>(text, ignoreCase: true, out var status) && Enum.IsDefined(status) && !char.IsAsciiDigit(text[0]) ? status
        : throw Problems.BadRequest($"?runtimeStatus= holds '{text}'; expected {string.Join(", ", Enum.GetNames<OrchestrationRuntimeStatus>())}.", "Separate several by commas.");
}
