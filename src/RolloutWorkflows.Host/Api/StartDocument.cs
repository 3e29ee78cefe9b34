namespace RolloutWorkflows.Host;

/// <summary>A document that a run is started with: its text, or its bytes in base64.</summary>
public sealed record StartDocument
{
    /// <summary>What it is, such as <c>text/markdown</c>. Shown, and nothing more.</summary>
    public string? MediaType { get; init; }

    public string? Text { get; init; }

    public string? Base64 { get; init; }
}
