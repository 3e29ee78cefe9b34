namespace Web4Service;

/// <summary>
/// How long the service takes for a user, as a model: always the same for the same user, so that a comparison with
/// a baseline says something about the feature and nothing about the machine. Nobody is made to wait for it.
/// </summary>
internal static class ResponseTimes
{
    private const double QuickestMs = 120;
    private const int SpreadMs = 80;

    /// <summary>The new bar does a little more than the old one.</summary>
    private const double OfNewBar = 1.04;

    private const double OfSlowBar = 1.4;

    public static TimeSpan Of(string user, bool hasFeature, bool isSlow) =>
        TimeSpan.FromMilliseconds((QuickestMs + UserNumber.Of(user) % SpreadMs) * (hasFeature ? isSlow ? OfSlowBar : OfNewBar : 1));
}
