namespace Web4Service;

/// <summary>The part of the status that operators look at.</summary>
internal sealed record OpsStatus
{
    /// <summary>The share of failed requests among those of users who have the feature; null where there were none.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>How many requests of such users the rate rests on.</summary>
    public required int Requests { get; init; }

    /// <summary>The time within which 95 % of all requests were answered, in milliseconds.</summary>
    public double? P95Ms { get; init; }

    /// <summary>All requests, with the feature or without.</summary>
    public required int AllRequests { get; init; }
}
