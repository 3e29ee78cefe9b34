namespace RolloutWorkflows.Activities;

/// <summary>What a metric source answered.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its whole body.</param>
/// <param name="Secrets">What the request was signed in with.</param>
internal sealed record SourceAnswer(int Status, byte[] Body, IReadOnlyList<string> Secrets)
{
    private const int LongestQuote = 300;

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Words of the source for people, in one short line. A server may repeat what it was sent; secrets are taken out.</summary>
    public string Quote(string words)
    {
        var clean = Secrets.OrderByDescending(secret => secret.Length).Aggregate(words, (kept, secret) => kept.Replace(secret, "***", StringComparison.Ordinal));
        clean = string.Join(' ', clean.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return clean.Length <= LongestQuote ? clean : clean[..(LongestQuote - 1)] + "…";
    }
}
