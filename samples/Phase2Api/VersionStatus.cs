namespace Phase2Api;

/// <summary>How one version served the last minute.</summary>
internal sealed record VersionStatus
{
    public required int Requests { get; init; }

    /// <summary>The share of failed requests; null where there were none.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>The time within which 95 % were answered, in milliseconds; null where there were none.</summary>
    public double? P95Ms { get; init; }

    public double RequestsPerSecond { get; init; }

    public static VersionStatus Of(IReadOnlyList<(bool Failed, double Ms)> requests) => new()
    {
        Requests = requests.Count,
        ErrorRate = requests.Count == 0 ? null : Math.Round((double)requests.Count(request => request.Failed) / requests.Count, 6),
        P95Ms = requests.Count == 0 ? null : requests.Select(request => request.Ms).Order().ElementAt((int)Math.Ceiling(requests.Count * 0.95) - 1),
        RequestsPerSecond = Math.Round(requests.Count / 60d, 3),
    };
}
