using System.Security.Cryptography;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>A document that is about to be attached.</summary>
public sealed record NewDocument
{
    /// <summary>The largest that is taken, in bytes.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    /// <summary>How many versions of documents a run has at most, all together.</summary>
    public const int MaximumPerRun = 200;

    /// <summary>See <see cref="DocumentName"/>.</summary>
    public required string Name { get; init; }

    public required byte[] Content { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Who attaches it, as the server established.</summary>
    public required string By { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset PlaybookTime { get; init; }

    /// <summary>The document as that version.</summary>
    public RunDocument ToDocument(int version) => new()
    {
        Name = Name,
        Version = version,
        Digest = Convert.ToHexStringLower(SHA256.HashData(Content)),
        Size = Content.Length,
        MediaType = MediaType,
        By = By,
        At = At,
        PlaybookTime = PlaybookTime,
    };
}
