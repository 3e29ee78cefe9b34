using System.Globalization;
using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Reads how many people must agree, as it stands in a step's configuration.</summary>
internal static class ApprovalCount
{
    /// <summary>A count, <c>all</c> or a fraction such as <c>2/3</c>; null where it is none of them.</summary>
    public static ApprovalThreshold? Read(JsonElement given) => given.ValueKind switch
    {
        JsonValueKind.Number when given.TryGetInt32(out var count) && count > 0 => new ApprovalThreshold { Count = count },
        JsonValueKind.String => Read(given.GetString()!),
        _ => null,
    };

    private static ApprovalThreshold? Read(string text)
    {
        if (text == "all") return ApprovalThreshold.All;
        var parts = text.Split('/', StringSplitOptions.TrimEntries);
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) || first < 1) return null;
        if (parts.Length == 1) return new ApprovalThreshold { Count = first };
        return parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var second) && second >= first
            ? new ApprovalThreshold { Numerator = first, Denominator = second }
            : null;
    }
}
